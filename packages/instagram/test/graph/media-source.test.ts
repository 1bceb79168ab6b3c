import t from 'tap'
import { createGraphClient } from '../../src/graph/client.ts'
import { createLimits } from '../../src/graph/limits.ts'
import { createMediaSource } from '../../src/graph/media-source.ts'
import type { TokenKeeper } from '../../src/graph/token-keeper.ts'

const ACCOUNT = { appKey: 'default', accountId: '17' }
const image = (id: string) => ({ id, media_type: 'IMAGE', media_url: `https://scontent.cdninstagram.com/${id}.jpg?oe=7FFFFFFF` })
const video = (id: string) => ({ id, media_type: 'VIDEO', thumbnail_url: `https://scontent.cdninstagram.com/${id}.jpg?oe=7FFFFFFF` })
const page = (data: unknown[], after?: string) => ({ data, ...(after === undefined ? {} : { paging: { cursors: { after }, next: 'https://graph.test/next?access_token=IGAA' } }) })
const refused = (code: number, subcode?: number) => ({ error: { message: 'x', code, error_subcode: subcode } })

/** A source whose Graph API answers by a function of path and query. */
function build (answer: (path: string, query: URLSearchParams) => unknown) {
  const asked: URL[] = []
  const client = createGraphClient({
    baseUrl: 'https://graph.test',
    limits: createLimits(() => 0),
    delay: async () => {},
    fetch: async input => {
      const url = new URL(String(input))
      asked.push(url)
      const body = answer(url.pathname.slice(1), url.searchParams) as { error?: unknown }
      return Response.json(body, { status: body.error === undefined ? 200 : 400 })
    }
  })
  const tokens: TokenKeeper = { use: async (_account, work) => await work('IGAA'), sweep: async () => {} }
  const connections = { isConnected: async () => true }
  return { source: createMediaSource({ client, tokens, connections, now: () => 1_800_000_000_000 }), asked, connections }
}

const errorOf = async (promise: Promise<unknown>): Promise<unknown> => await promise.then(() => undefined, (error: unknown) => error)

t.test('a page is asked for with its limit and cursor, and 25 items when nobody says how many', async t => {
  const { source, asked } = build(() => page([image('1')], 'next'))
  t.match(await source.list(ACCOUNT, { after: 'here', limit: 7 }), { items: [{ id: '1' }], after: 'next' })
  await source.list(ACCOUNT, {})
  t.same(asked.map(url => [url.searchParams.get('limit'), url.searchParams.get('after')]), [['7', 'here'], ['25', null]])
})

t.test('pages without a photo are passed over', async t => {
  const { source, asked } = build((_path, query) => query.get('after') === 'b' ? page([image('1')], 'c') : page([video('2')], query.has('after') ? 'b' : 'a'))
  t.match(await source.list(ACCOUNT, {}), { items: [{ id: '1' }], after: 'c' })
  t.equal(asked.length, 3)
})

t.test('after five pages without a photo the caller is asked to go on', async t => {
  let serial = 0
  const { source, asked } = build(() => page([video('2')], `cursor${++serial}`))
  t.same(await source.list(ACCOUNT, {}), { items: [], after: 'cursor5' })
  t.equal(asked.length, 5)
})

t.test('a cursor that leads to itself ends the list', async t => {
  const { source, asked } = build(() => page([video('2')], 'same'))
  t.same(await source.list(ACCOUNT, { after: 'same' }), { items: [] })
  t.equal(asked.length, 1)
})

t.test('a next page that is empty ends the list', async t => {
  const { source } = build((_path, query) => query.has('after') ? { data: [] } : page([], 'a'))
  t.same(await source.list(ACCOUNT, {}), { items: [] })
})

t.test('videos are listed when asked for', async t => {
  const { source } = build(() => page([video('2'), image('1')]))
  t.same((await source.list(ACCOUNT, { videos: true })).items.map(item => item.kind), ['video', 'image'])
  t.same((await source.list(ACCOUNT, {})).items.map(item => item.kind), ['image'])
})

for (const subcode of [undefined, 33]) {
  t.test(`when Instagram no longer knows a field (100/${subcode ?? '-'}), the least fields are asked for once`, async t => {
    const { source, asked } = build((_path, query) => query.get('fields')?.includes('caption') === true ? refused(100, subcode) : page([image('1')]))
    t.match(await source.list(ACCOUNT, {}), { items: [{ id: '1' }] })
    t.equal(asked.length, 2)
    t.equal(asked[1]?.searchParams.get('fields'), 'id,media_type,media_url,children{id,media_type,media_url}')
  })
}

t.test('a cursor that Instagram refuses is the caller’s mistake', async t => {
  const { source } = build(() => refused(100))
  t.match(await errorOf(source.list(ACCOUNT, { after: 'nonsense' })), { code: 'REQUEST_INVALID', statusCode: 400 })
})

t.test('a list that is refused without a cursor means that Instagram does not answer', async t => {
  const { source } = build(() => refused(100))
  t.match(await errorOf(source.list(ACCOUNT, {})), { code: 'INSTAGRAM_UNAVAILABLE' })
})

for (const [name, answer] of [['deleted', refused(100, 33)], ['refused', refused(100)], ['without a link', { id: '5', media_type: 'IMAGE' }]] as const) {
  t.test(`a photo that is ${name} is gone`, async t => {
    const { source } = build(() => answer)
    t.match(await errorOf(source.find(ACCOUNT, '5')), { code: 'SOURCE_GONE', statusCode: 404 })
    t.match(await errorOf(source.preview(ACCOUNT, '5')), { code: 'SOURCE_GONE' })
  })
}

for (const mediaId of ['../me', '5?fields=x', '', 'x', '5'.repeat(65), '5/children']) {
  t.test(`"${mediaId.slice(0, 12)}" is no media id, and Instagram is not asked`, async t => {
    const { source, asked } = build(() => image('5'))
    t.match(await errorOf(source.find(ACCOUNT, mediaId)), { code: 'SOURCE_GONE' })
    t.equal(asked.length, 0)
  })
}

t.test('a video can be previewed and not picked', async t => {
  const { source } = build(() => video('5'))
  t.match(await source.preview(ACCOUNT, '5'), { kind: 'video', url: /5\.jpg/ })
  t.match(await errorOf(source.find(ACCOUNT, '5')), { code: 'SOURCE_GONE' })
})

t.test('what was listed is found without asking again, children of albums too', async t => {
  const { source, asked } = build(() => page([{ id: '3', media_type: 'CAROUSEL_ALBUM', children: { data: [image('31')] } }]))
  await source.list(ACCOUNT, {})
  t.match(await source.find(ACCOUNT, '31'), { id: '31' })
  t.match(await source.preview(ACCOUNT, '3'), { id: '3', url: /31\.jpg/ })
  t.equal(asked.length, 1)
})

t.test('when nobody is connected to the account any more, not even what is remembered is given', async t => {
  const { source, connections } = build(() => page([image('1')]))
  await source.list(ACCOUNT, {})
  connections.isConnected = async () => false
  t.match(await errorOf(source.find(ACCOUNT, '1')), { code: 'INSTAGRAM_RECONNECT_REQUIRED' })
})

t.test('a forgotten account is asked for again', async t => {
  const { source, asked } = build(path => path === 'me/media' ? page([image('1')]) : image('1'))
  await source.list(ACCOUNT, {})
  source.forget(ACCOUNT)
  await source.find(ACCOUNT, '1')
  t.equal(asked.length, 2)
})

t.test('a caller that has gone away is not told as a fault', async t => {
  const { source } = build(() => page([]))
  t.match(await errorOf(source.list(ACCOUNT, {}, AbortSignal.abort())), { code: 'REQUEST_ABORTED', statusCode: 499 })
})

t.test('a deadline that passes is told as Instagram not answering', async t => {
  const { source } = build(() => { throw new DOMException('late', 'TimeoutError') })
  t.match(await errorOf(source.list(ACCOUNT, {})), { code: 'INSTAGRAM_UNAVAILABLE' })
})
