import t from 'tap'
import sharp from 'sharp'
import { photoLink, read, start } from '../harness.ts'

const DAY = 86_400_000

async function fetched (url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers })
  return { status: response.status, range: response.headers.get('content-range'), type: response.headers.get('content-type'), length: response.headers.get('content-length'), bytes: Buffer.from(await response.arrayBuffer()) }
}

t.test('a photo needs no token and comes with type and length', async t => {
  const { status, type, length, bytes } = await fetched(await photoLink(await start(t)))
  t.strictSame([status, type, length], [200, 'image/jpeg', String(bytes.length)])
  t.equal((await sharp(bytes).metadata()).format, 'jpeg')
})

t.test('a range answers with that part, several at once with the whole', async t => {
  const link = await photoLink(await start(t))
  const whole = await fetched(link)
  const size = whole.bytes.length
  for (const [range, first, last] of [['bytes=0-99', 0, 99], [`bytes=${size - 10}-`, size - 10, size - 1], ['bytes=-7', size - 7, size - 1], ['bytes=5-999999999', 5, size - 1]] as const) {
    const part = await fetched(link, { range })
    t.match(part, { status: 206, type: 'image/jpeg', length: String(last - first + 1), range: `bytes ${first}-${last}/${size}` }, range)
    t.ok(part.bytes.equals(whole.bytes.subarray(first, last + 1)), range)
  }
  for (const range of ['bytes=0-1,5-6', 'lines=0-1', 'bytes=x']) t.match(await fetched(link, { range }), { status: 200, length: String(size), range: null }, range)
})

t.test('a range behind the end answers 416 with the size', async t => {
  const link = await photoLink(await start(t))
  const { bytes: { length: size } } = await fetched(link)
  t.match(await fetched(link, { range: `bytes=${size}-` }), { status: 416, range: `bytes */${size}` })
})

t.test('with ranges switched off a range gets the whole', async t => {
  const link = await photoLink(await start(t, { switches: { cdnRanges: 'ignored' } }))
  t.match(await fetched(link, { range: 'bytes=0-9' }), { status: 200, range: null })
})

t.test('each read gives a fresh link to the same bytes', async t => {
  const emulator = await start(t)
  const [one, two] = [await photoLink(emulator), await photoLink(emulator)]
  t.not(one, two)
  t.ok((await fetched(one)).bytes.equals((await fetched(two)).bytes))
})

t.test('a link carries its expiry as hex seconds, days ahead, and differs by hours within one answer', async t => {
  const emulator = await start(t)
  const { data } = (await read(emulator, '/me/media', { fields: 'media_url,media_type', limit: '12' })).json
  const lives = data.map(item => parseInt(new URL(item.media_url).searchParams.get('oe') ?? '', 16) * 1000 - emulator.control.clock.now())
  t.ok(lives.every(life => life > 3 * DAY && life < 6 * DAY))
  t.ok(Math.max(...lives) - Math.min(...lives) > 3_600_000)
})

t.test('an expired link answers 403 in plain text', async t => {
  const emulator = await start(t, { cdnLinkLifeMs: 60_000 })
  const link = await photoLink(emulator)
  emulator.control.clock.advance(DAY)
  const { status, type, bytes } = await fetched(link)
  t.match([status, type, bytes.toString()], [403, /^text\/plain/, 'URL signature expired'])
})

for (const parameter of ['oe', 'oh', '_nc_gid']) {
  t.test(`a link whose ${parameter} was changed answers 403`, async t => {
    const url = new URL(await photoLink(await start(t)))
    url.searchParams.set(parameter, 'FFFFFFFF')
    t.match(await fetched(url.href), { status: 403, bytes: Buffer.from('URL signature mismatch') })
  })
}

t.test('a signature does not fit another file', async t => {
  const emulator = await start(t)
  const { data } = (await read(emulator, '/me/media', { fields: 'media_url', limit: '2' })).json
  const [one, two] = data.map(item => new URL(item.media_url))
  t.match(await fetched(`${one?.origin ?? ''}${one?.pathname ?? ''}${two?.search ?? ''}`), { status: 403 })
})

t.test('a deleted post answers 404', async t => {
  const emulator = await start(t)
  const [first] = (await read(emulator, '/me/media', { fields: 'media_url', limit: '1' })).json.data
  emulator.control.removePost(first?.id ?? '')
  t.equal((await fetched(first?.media_url ?? '')).status, 404)
})

t.test('paths may end in .webp or .heic while the bytes are JPEG', async t => {
  const { data } = (await read(await start(t), '/me/media', { fields: 'media_url', limit: '25' })).json
  const endings = new Map(data.filter(item => 'media_url' in item).map(item => [new URL(item.media_url).pathname.split('.').at(-1), item.media_url]))
  for (const ending of ['webp', 'heic']) {
    const { type, bytes } = await fetched(endings.get(ending) ?? '')
    t.strictSame([type, bytes.subarray(0, 3).toString('hex')], ['image/jpeg', 'ffd8ff'], ending)
  }
})

t.test('a video link is an MP4, its thumbnail a JPEG', async t => {
  const { data } = (await read(await start(t), '/me/media', { fields: 'media_type,media_url,thumbnail_url' })).json
  const video = data.find(item => item.media_type === 'VIDEO')
  const { type, bytes } = await fetched(video?.media_url ?? '')
  t.strictSame([type, bytes.subarray(4, 8).toString()], ['video/mp4', 'ftyp'])
  t.equal((await fetched(String(video?.thumbnail_url))).type, 'image/jpeg')
})

t.test('links outlive a restart of the emulator on the same address', async t => {
  const first = await start(t)
  const link = await photoLink(first)
  await first.close()
  await start(t, { port: Number(new URL(first.origin).port) })
  t.equal((await fetched(link)).status, 200)
})
