import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { startHostWithFilesUpTo } from './hosts.ts'

const KIB = 1024
const BLOCKS = 4 * KIB

t.test('where no more can be written a copy is refused with a code of its own, no part of it stays, and a smaller one is kept', async t => {
  const folder = t.testdir()
  const directory = join(folder, 'stored')
  mkdirSync(directory)
  const { port, kill } = await startHostWithFilesUpTo(BLOCKS, { database: join(folder, 'contactsheet.sqlite'), directory, toldPath: join(folder, 'told') })
  t.teardown(kill)
  const upload = async (body: Buffer): Promise<{ status: number, json: Record<string, unknown> }> => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/store/S3?filename=a.bin`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body })
    return { status: answer.status, json: await answer.json() as Record<string, unknown> }
  }
  t.match(await upload(randomBytes(BLOCKS * KIB + 1)), { status: 502, json: { code: 'STORAGE_UNAVAILABLE', message: 'the file could not be stored' } })
  const { json: { key } } = await upload(randomBytes(100 * KIB))
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  t.same(files.map(({ name }) => name), [key])
})
