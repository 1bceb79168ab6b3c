import type { Test } from 'tap'
import { connect, originalOf, pathOf, textOf } from '../connected.ts'
import { png } from '../pictures.ts'
import { inside } from '../harness.ts'

/** Everything that a page and a host do with files, one after the other. */
export async function live (t: Test, database: string): Promise<void> {
  const connected = await connect(t, { changes: { database } })
  const { server, pick, send, told, mediaIds: [first = '', second = ''] } = connected

  const link = await pick(first)
  const copy = await pick(second, { store: { location: 'S3' } })
  t.ok((await server.inject(pathOf(link))).rawPayload.equals(await originalOf(connected, first)))
  t.ok((await server.inject(pathOf(copy))).rawPayload.equals(await originalOf(connected, second)))
  t.match((await server.inject(`${pathOf(copy)}/metadata`)).json(), { size: copy.data.size, path: copy.data.key, writeable: true })

  t.match(await send({ method: 'POST', url: pathOf(copy), payload: png, headers: { 'content-type': 'image/png' } }), { statusCode: 200 })
  t.ok((await server.inject(pathOf(copy))).rawPayload.equals(png))
  const uploaded = (await send({ method: 'POST', url: '/api/store/S3', payload: png, headers: { 'content-type': 'image/png' } })).json()
  t.match(await send({ method: 'DELETE', url: pathOf(uploaded) }), { statusCode: 200 }, 'the session that stored it may remove it')
  t.match(await send({ method: 'DELETE', url: pathOf(link) }), { statusCode: 200 })
  t.match(await server.inject(pathOf(link)), { statusCode: 404 })

  const { account_id: accountId } = await inside(server).database.selectFrom('contactsheet_connections').select('account_id').executeTakeFirstOrThrow()
  t.same((await server.instagram.files.list({ accountId })).items.map(server.instagram.files.urlOf), [copy.url])
  const events = await told(6)
  const actionsOf = ({ url }: { url: string }) => events.filter(event => textOf(event).url === url).map(({ action }) => action)
  t.same(actionsOf(link), ['fp.upload', 'fp.delete'])
  t.same(actionsOf(copy), ['fp.upload', 'fp.overwrite'])
  t.same(actionsOf(uploaded), ['fp.upload', 'fp.delete'])
  t.same(events.map(event => (event as { id: number }).id).sort((left, right) => left - right), [1, 2, 3, 4, 5, 6])
}
