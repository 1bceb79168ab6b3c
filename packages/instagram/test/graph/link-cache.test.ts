import t from 'tap'
import type { MediaItem } from '../../src/domain/media.ts'
import { createLinkCache, lifeMs } from '../../src/graph/link-cache.ts'

const ACCOUNT = { appKey: 'default', accountId: '17' }
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const START_MS = 1_800_000_000_000

const item = (id: string, diesAtMs: number, children?: MediaItem[]): MediaItem => ({
  id,
  kind: children === undefined ? 'image' : 'carousel',
  filename: `${id}.jpg`,
  mimetype: 'image/jpeg',
  url: `https://cdn.test/${id}.jpg?oe=${Math.floor(diesAtMs / 1000).toString(16).toUpperCase()}`,
  ...(children === undefined ? {} : { children })
})

function build (found: (mediaId: string) => Promise<MediaItem | undefined>) {
  let now = START_MS
  const asked: string[] = []
  const links = createLinkCache(async (_account, mediaId) => { asked.push(mediaId); return await found(mediaId) }, () => now)
  return { links, asked, pass: (ms: number) => { now += ms } }
}

t.test('a link is used until a quarter of an hour before it dies, then looked up again', async t => {
  const { links, asked, pass } = build(async id => item(id, START_MS + HOUR_MS))
  await links.get(ACCOUNT, '1')
  pass(45 * MINUTE_MS - 1)
  await links.get(ACCOUNT, '1')
  t.same(asked, ['1'])
  pass(2)
  await links.get(ACCOUNT, '1')
  t.same(asked, ['1', '1'])
})

t.test('many who ask at the same time cause one look-up', async t => {
  const { links, asked } = build(async id => item(id, START_MS + HOUR_MS))
  const found = await Promise.all(Array.from({ length: 50 }, async () => await links.get(ACCOUNT, '1')))
  t.same(asked, ['1'])
  t.ok(found.every(one => one?.id === '1'))
})

t.test('a failed look-up fails for all who wait and is tried again by the next', async t => {
  let isBroken = true
  const { links, asked } = build(async id => { if (isBroken) throw new Error('down'); return item(id, START_MS + HOUR_MS) })
  await Promise.all([t.rejects(links.get(ACCOUNT, '1'), { message: 'down' }), t.rejects(links.get(ACCOUNT, '1'), { message: 'down' })])
  isBroken = false
  t.equal((await links.get(ACCOUNT, '1'))?.id, '1')
  t.same(asked, ['1', '1'])
})

t.test('a look-up under way goes on when its photo is forgotten or listed meanwhile', async t => {
  for (const found of [item('1', START_MS + HOUR_MS), undefined]) {
    const { promise, resolve } = Promise.withResolvers<MediaItem | undefined>()
    const { links, asked } = build(async () => await promise)
    const waiting = links.get(ACCOUNT, '1')
    links.forgetItem(ACCOUNT, '1')
    links.keep(ACCOUNT, item('1', START_MS + HOUR_MS))
    links.forgetAccount(ACCOUNT)
    resolve(found)
    t.equal(await waiting, found)
    t.same(asked, ['1'])
  }
})

t.test('what is not there is not remembered', async t => {
  const { links, asked } = build(async () => undefined)
  t.equal(await links.get(ACCOUNT, '1'), undefined)
  t.equal(await links.get(ACCOUNT, '1'), undefined)
  t.same(asked, ['1', '1'])
})

t.test('a listed album is kept with its photos', async t => {
  const { links, asked } = build(async () => undefined)
  links.keep(ACCOUNT, item('1', START_MS + HOUR_MS, [item('11', START_MS + HOUR_MS)]))
  t.equal((await links.get(ACCOUNT, '11'))?.id, '11')
  t.equal((await links.get(ACCOUNT, '1'))?.id, '1')
  t.same(asked, [])
})

t.test('what is kept for one account is not given to another', async t => {
  const { links, asked } = build(async () => undefined)
  links.keep(ACCOUNT, item('1', START_MS + HOUR_MS))
  t.equal(await links.get({ ...ACCOUNT, accountId: '18' }, '1'), undefined)
  t.equal(await links.get({ ...ACCOUNT, appKey: 'other' }, '1'), undefined)
  t.same(asked, ['1', '1'])
})

t.test('a forgotten account is looked up again, its neighbour is not', async t => {
  const { links, asked } = build(async () => undefined)
  links.keep(ACCOUNT, item('1', START_MS + HOUR_MS))
  links.keep({ ...ACCOUNT, accountId: '170' }, item('1', START_MS + HOUR_MS))
  links.forgetAccount(ACCOUNT)
  t.equal(await links.get(ACCOUNT, '1'), undefined)
  t.equal((await links.get({ ...ACCOUNT, accountId: '170' }, '1'))?.id, '1')
  t.same(asked, ['1'])
})

t.test('a forgotten photo is looked up again, the next one is not', async t => {
  const { links, asked } = build(async id => item(id, START_MS + HOUR_MS))
  links.keep(ACCOUNT, item('1', START_MS + HOUR_MS))
  links.keep(ACCOUNT, item('2', START_MS + HOUR_MS))
  links.forgetItem(ACCOUNT, '1')
  await links.get(ACCOUNT, '1')
  await links.get(ACCOUNT, '2')
  t.same(asked, ['1'])
})

t.test('a link that does not say when it dies is believed for ten minutes', async t => {
  t.equal(lifeMs({ ...item('1', 0), url: 'https://cdn.test/1.jpg' }, START_MS), 10 * MINUTE_MS)
  t.equal(lifeMs({ ...item('1', 0), url: 'https://cdn.test/1.jpg?oe=zzz' }, START_MS), 10 * MINUTE_MS)
})

t.test('a link that lives for days is looked up again after six hours', async t => {
  t.equal(lifeMs(item('1', START_MS + 100 * HOUR_MS), START_MS), 6 * HOUR_MS)
})

t.test('a link that is about to die is not remembered', async t => {
  t.equal(lifeMs(item('1', START_MS + MINUTE_MS), START_MS), 1)
})

t.test('oe is read as hexadecimal seconds', async t => {
  const diesAtMs = Date.parse('2025-03-26T05:14:39Z')
  t.equal(lifeMs({ ...item('1', 0), url: 'https://cdn.test/1.jpg?oe=67E38D3F' }, diesAtMs - HOUR_MS), 45 * MINUTE_MS)
})
