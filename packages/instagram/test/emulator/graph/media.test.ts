import t from 'tap'
import { read, start, type MediaJson } from '../harness.ts'
import type { InstagramEmulator } from '../../../src/emulator/index.ts'

const FIELDS = 'id,caption,media_type,media_product_type,media_url,thumbnail_url,permalink,shortcode,timestamp,username,owner,alt_text,like_count,comments_count,children{id,caption,media_type,media_url,thumbnail_url,permalink,timestamp}'

async function allMedia (emulator: InstagramEmulator): Promise<MediaJson[]> {
  return (await read(emulator, '/me/media', { fields: FIELDS, limit: '100' })).json.data
}

t.test('without fields each item is its id alone', async t => {
  const [first] = (await read(await start(t), '/me/media')).json.data
  t.strictSame(Object.keys(first ?? {}), ['id'])
  t.match(first?.id, /^\d{17}$/)
})

t.test('the showcase account has at least 60 photos and every kind of media', async t => {
  const media = await allMedia(await start(t))
  const count = (type: string) => media.filter(({ media_type: mediaType }) => mediaType === type).length
  t.ok(count('IMAGE') >= 60)
  t.ok(count('VIDEO') >= 2)
  t.equal(count('CAROUSEL_ALBUM'), 2)
  t.ok(media.some(({ media_product_type: type, media_type: kind }) => type === 'REELS' && kind === 'VIDEO'))
})

t.test('items come newest first, with timestamps of +0000', async t => {
  const media = await allMedia(await start(t))
  const times = media.map(({ timestamp }) => timestamp)
  t.strictSame(times, [...times].sort().reverse())
  t.ok(times.every(time => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/.test(time)))
})

t.test('some items have no media_url and some no caption: the fields are absent', async t => {
  const media = await allMedia(await start(t))
  t.equal(media.filter(item => !('media_url' in item)).length, 2)
  t.equal(media.filter(item => !('caption' in item)).length, 1)
})

t.test('only videos have a thumbnail_url', async t => {
  const media = await allMedia(await start(t))
  t.ok(media.every(item => ('thumbnail_url' in item) === (item.media_type === 'VIDEO')))
})

t.test('an album links to its first child and lists its children without paging', async t => {
  const album = (await allMedia(await start(t))).find(({ media_type: type }) => type === 'CAROUSEL_ALBUM')
  const name = (url = '') => new URL(url).pathname
  t.equal(album?.children.data.length, 4)
  t.equal(name(album?.media_url), name(album?.children.data[0]?.media_url))
  t.strictSame(Object.keys(album?.children ?? {}), ['data'])
  t.ok(album?.children.data.every(child => !('caption' in child) && child.permalink.startsWith('https://www.instagram.com/p/')))
})

t.test('an album may mix photos and a video', async t => {
  const types = (await allMedia(await start(t))).filter(item => 'children' in item).map(item => item.children.data.map(child => child.media_type))
  t.ok(types.some(kinds => kinds.includes('IMAGE') && kinds.includes('VIDEO')))
})

t.test('the permalink of album children can be switched off', async t => {
  const album = (await allMedia(await start(t, { switches: { childPermalink: 'omitted' } }))).find(item => 'children' in item)
  t.ok(album?.children.data.every(child => !('permalink' in child)))
})

t.test('permalinks of reels and posts differ', async t => {
  const media = await allMedia(await start(t))
  t.ok(media.every(item => item.permalink.startsWith(`https://www.instagram.com/${item.media_product_type === 'REELS' ? 'reel' : 'p'}/`)))
})

t.test('a media node is flat and always has its id', async t => {
  const emulator = await start(t)
  const [first] = await allMedia(emulator)
  const { json } = await read(emulator, `/${first?.id ?? ''}`, { fields: 'media_type' })
  t.strictSame(json, { media_type: 'IMAGE', id: first?.id })
})

t.test('/{media-id}/children and the child ids are readable', async t => {
  const emulator = await start(t)
  const album = (await allMedia(emulator)).find(item => 'children' in item)
  const children = (await read(emulator, `/${album?.id ?? ''}/children`)).json
  t.strictSame(children.data, album?.children.data.map(({ id }) => ({ id })))
  t.match((await read(emulator, `/${children.data[0]?.id ?? ''}`, { fields: 'media_url' })).json.media_url, /^http/)
})

t.test('media of another account, and of nobody, is 100/33', async t => {
  const emulator = await start(t)
  const [foreign] = (await read(emulator, '/me/media', {}, 'noor.paints.light')).json.data
  for (const id of [foreign?.id ?? '', '17900000000000099']) {
    t.match(await read(emulator, `/${id}`), { status: 400, json: { error: { code: 100, error_subcode: 33, message: `Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation` } } })
  }
})

t.test('the media list of another account is refused', async t => {
  const emulator = await start(t)
  t.match((await read(emulator, `/${emulator.control.idsOf('noor.paints.light').userId}/media`)).json.error, { code: 100, error_subcode: 33 })
})

t.test('several nodes are read at once', async t => {
  const emulator = await start(t)
  const [one, two] = (await read(emulator, '/me/media', { limit: '2' })).json.data
  t.strictSame(Object.keys((await read(emulator, '/', { ids: `${one?.id ?? ''},${two?.id ?? ''}`, fields: 'media_type' })).json).sort(), [one?.id, two?.id].sort())
})

t.test('caption and media_product_type can be refused as the documentation has it', async t => {
  const emulator = await start(t, { switches: { facebookLoginFields: 'refused' } })
  t.match(await read(emulator, '/me/media', { fields: 'id,caption' }), { status: 400, json: { error: { code: 100, message: '(#100) Tried accessing nonexisting field (caption) on node type (IGMedia)' } } })
  t.equal((await read(emulator, '/me/media', { fields: 'id,media_type' })).status, 200)
})

t.test('a fields text that does not parse is code 100', async t => {
  const emulator = await start(t)
  for (const fields of ['children{id', 'id}', 'id,,caption', '{']) t.match(await read(emulator, '/me/media', { fields }), { status: 400, json: { error: { code: 100 } } }, fields)
})

t.test('expanded children take a limit', async t => {
  const media = (await read(await start(t), '/me/media', { fields: 'children.limit(2){id}' })).json.data
  t.equal(media.find(item => 'children' in item)?.children.data.length, 2)
})

t.test('ids are the same after every start', async t => {
  const ids = async () => (await read(await start(t), '/me/media')).json.data.map(({ id }) => id)
  t.strictSame(await ids(), await ids())
})
