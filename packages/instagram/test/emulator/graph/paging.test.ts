import t from 'tap'
import { get, read, start, type Json } from '../harness.ts'
import type { InstagramEmulator } from '../../../src/emulator/index.ts'

const ids = ({ data }: Json) => data.map(({ id }) => id)

/** Follows `next` to the end. */
async function walk (emulator: InstagramEmulator, limit: string, username: string): Promise<Json[]> {
  const pages = [(await read(emulator, '/me/media', { limit }, username)).json]
  for (let next = pages[0]?.paging?.next; next !== undefined; next = pages.at(-1)?.paging?.next) pages.push((await get(next)).json)
  return pages
}

t.test('a page has 25 items, at most 100', async t => {
  const emulator = await start(t)
  t.equal((await read(emulator, '/me/media')).json.data.length, 25)
  t.equal((await read(emulator, '/me/media', { limit: '500' }, 'ten.thousand.days')).json.data.length, 100)
})

t.test('next walks through everything once and ends by being absent', async t => {
  const emulator = await start(t)
  const pages = await walk(emulator, '7', 'noor.paints.light')
  const all = ids((await read(emulator, '/me/media', { limit: '100' }, 'noor.paints.light')).json)
  t.equal(all.length, 24)
  t.strictSame(pages.flatMap(ids), all)
  t.ok(pages.at(-1)?.paging.cursors.after)
  t.notOk(pages[0]?.paging.previous)
})

t.test('next carries the numeric account id, a version, the fields and the token in clear', async t => {
  const emulator = await start(t)
  const { json } = await read(emulator, '/me/media', { fields: 'id,caption', limit: '2' })
  const next = new URL(json.paging.next ?? '')
  t.match(next.pathname, new RegExp(`/v25\\.0/${emulator.control.idsOf('harbour.and.hill').userId}/media$`))
  t.match(Object.fromEntries(next.searchParams), { access_token: /^IGAA/, fields: 'id,caption', limit: '2', after: json.paging.cursors.after })
  t.match((await read(emulator, '/v24.0/me/media')).json.paging.next, /\/v24\.0\//)
})

t.test('previous leads back', async t => {
  const emulator = await start(t)
  const first = (await read(emulator, '/me/media', { limit: '5' })).json
  const second = (await get(first.paging.next ?? '')).json
  t.strictSame(ids((await get(second.paging.previous ?? '')).json), ids(first))
})

t.test('cursors are opaque and foreign ones are refused', async t => {
  const emulator = await start(t)
  const { after } = (await read(emulator, '/me/media')).json.paging.cursors
  t.match(after, /^QVFIU[\w-]+$/)
  t.match(await read(emulator, '/me/media', { after: 'bogus' }), { status: 400, json: { error: { code: 100 } } })
})

t.test('a new post does not shift the pages, a deleted one does not break the cursor', async t => {
  const emulator = await start(t)
  const first = (await read(emulator, '/me/media', { limit: '5' })).json
  const expected = ids((await get(first.paging.next ?? '')).json)
  emulator.control.addPost('harbour.and.hill', { photo: 3 })
  t.strictSame(ids((await get(first.paging.next ?? '')).json), expected)
  emulator.control.removePost(first.data.at(-1)?.id ?? '')
  t.strictSame(ids((await get(first.paging.next ?? '')).json), expected)
})

t.test('an empty account answers no paging at all', async t => {
  t.strictSame((await read(await start(t), '/me/media', {}, 'quiet.studio')).json, { data: [] })
})

t.test('next can be made to lead to an empty page', async t => {
  const pages = await walk(await start(t, { switches: { trailingNext: 'emptyPage' } }), '12', 'noor.paints.light')
  t.strictSame(pages.map(({ data }) => data.length), [12, 12, 0])
  t.strictSame(pages.at(-1), { data: [] })
})

t.test('since and until take unix seconds and dates', async t => {
  const emulator = await start(t)
  const all = (await read(emulator, '/me/media', { fields: 'timestamp', limit: '100' })).json.data
  const [since, until] = [all[9]?.timestamp ?? '', all[4]?.timestamp ?? '']
  const seconds = (time: string) => String(Date.parse(time.replace('+0000', 'Z')) / 1000)
  const wanted = all.slice(4, 10).map(({ id }) => id)
  t.strictSame(ids((await read(emulator, '/me/media', { since: seconds(since), until: seconds(until) })).json), wanted)
  t.strictSame(ids((await read(emulator, '/me/media', { since: since.replace('+0000', 'Z'), until: until.replace('+0000', 'Z') })).json), wanted)
})

t.test('a limit that is no positive number is refused', async t => {
  const emulator = await start(t)
  for (const limit of ['0', '-1', 'many']) t.match(await read(emulator, '/me/media', { limit }), { status: 400, json: { error: { code: 100 } } }, limit)
})

t.test('only the newest 10,000 posts are shown', async t => {
  const emulator = await start(t)
  const pages = await walk(emulator, '100', 'ten.thousand.days')
  t.equal(new Set(pages.flatMap(ids)).size, 10_000)
  t.ok(Number((await read(emulator, '/me', { fields: 'media_count' }, 'ten.thousand.days')).json.media_count) > 10_000)
})
