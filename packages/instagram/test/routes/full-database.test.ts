import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import { pathOf } from '../connected.ts'
import { folder, inside } from '../harness.ts'
import { offline, upload } from '../offline.ts'
import { png } from '../pictures.ts'

t.test('a full database refuses uploads with 503 and Retry-After, keeps no bytes of them, and serves what it has', async t => {
  const directory = folder(t)
  const { server, told } = await offline(t, { storage: { S3: { type: 'disk', directory } } })
  const kept = await upload(server, png)
  await told(1)
  const { database } = inside(server)
  await sql`pragma max_page_count = 1`.execute(database)

  let answer = await server.inject({ method: 'POST', url: '/api/store/S3?key=default', payload: png, headers: { 'content-type': 'image/png' } })
  for (let filled = 0; answer.statusCode === 200 && filled < 500; filled++) answer = await server.inject({ method: 'POST', url: '/api/store/S3?key=default', payload: png, headers: { 'content-type': 'image/png' } })
  t.match(answer, { statusCode: 503, headers: { 'retry-after': '5' } })
  t.same(answer.json(), { statusCode: 503, code: 'DATABASE_UNAVAILABLE', error: 'Service Unavailable', message: 'the database cannot be used now' })
  t.ok((await server.inject(pathOf(kept))).rawPayload.equals(png))

  await sql`pragma max_page_count = 100000`.execute(database)
  await upload(server, png)
  await inside(server).sweep.run()
  const { rows: [row] } = await sql<{ count: number }>`select count(*) as count from contactsheet_files`.execute(database)
  t.equal(filesBelow(directory), row?.count, 'each file has its row')
})

function filesBelow (directory: string): number {
  return readdirSync(directory, { recursive: true }).filter(name => statSync(join(directory, String(name))).isFile()).length
}
