import sharp from 'sharp'
import t from 'tap'
import { connect } from '../connected.ts'

const POST = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } } as const

function pathOf (url: string): string {
  return new URL(url).pathname
}

t.test('GET answers the converted bytes of a link, upright and in the asked box', async t => {
  const { send, pick, mediaIds } = await connect(t)
  const { url } = await pick(mediaIds[0] ?? '')
  const answer = await send({ url: `${pathOf(url)}/convert?w=400&h=400` })
  t.equal(answer.statusCode, 200, answer.body.slice(0, 200))
  t.equal(answer.headers['content-type'], 'image/jpeg')
  const { width, height } = await sharp(answer.rawPayload).metadata()
  t.equal(Math.max(width, height), 400)
})

t.test('a computed GET tells fp.converse with the record of a link, and a cached one tells nothing', async t => {
  const { send, pick, mediaIds, told } = await connect(t)
  const { url, data } = await pick(mediaIds[0] ?? '')
  const path = pathOf(url)
  await send({ url: `${path}/convert?w=102&_cacheBust=1` })
  await send({ url: `${path}/convert?width=102` })
  await send({ url: `${path}/convert?w=103` })
  const events = (await told(3)).filter(({ action }) => action === 'fp.converse')
  t.match(events, [
    { text: { url: `${url}/convert?w=102`, link: { provider: 'Instagram', handle: url.slice(-20), filename: data.filename, mimetype: 'image/jpeg', size: String(data.size), writeable: true, id: data.id } } },
    { text: { url: `${url}/convert?w=103` } }
  ])
  t.equal(events.length, 2)
})

t.test('POST with the fields of the browser client makes a new stored file and tells one fp.converse and no fp.upload', async t => {
  const { send, pick, mediaIds, told } = await connect(t)
  const { url } = await pick(mediaIds[0] ?? '')
  const answer = await send({ ...POST, url: `${pathOf(url)}/convert`, payload: 'width=400&height=400&storeLocation=S3&storePath=small%2F&storeAccess=private&storeContainer=' })
  t.equal(answer.statusCode, 200, answer.body)
  const blob = answer.json() as { url: string, key: string, size: number, type: string, filename: string, container: string }
  t.match(blob, { type: 'image/jpeg', filename: /\.jpg$/, key: /^small\//, container: 'files' })
  t.not(blob.url, url)
  const bytes = await send({ url: pathOf(blob.url) })
  t.equal(bytes.rawPayload.length, blob.size)
  const events = await told(2)
  t.strictSame(events.map(({ action }) => action), ['fp.upload', 'fp.converse'])
})

t.test('a conversion of a stored file names where the source lies', async t => {
  const { send, pick, mediaIds, told } = await connect(t)
  const { url, data } = await pick(mediaIds[0] ?? '', { store: { location: 'S3' } })
  await send({ url: `${pathOf(url)}/convert?w=50` })
  const [, event] = await told(2)
  t.match(event, { action: 'fp.converse', text: { link: { provider: 'internal', url: `${data.container ?? ''}/${data.key ?? ''}` } } })
})

t.test('all who ask at once for a new size get the same answer, and it is made and told once', async t => {
  const { send, pick, mediaIds, told } = await connect(t)
  const { url } = await pick(mediaIds[0] ?? '')
  await send({ url: `${pathOf(url)}/convert?w=71` })
  const answers = await Promise.all(Array.from({ length: 8 }, async () => await send({ url: `${pathOf(url)}/convert?w=72` })))
  const [first] = answers
  for (const { statusCode, headers, rawPayload } of answers) {
    t.equal(statusCode, 200)
    t.strictSame({ ...headers, date: '' }, { ...first?.headers, date: '' })
    t.ok(first !== undefined && rawPayload.equals(first.rawPayload))
  }
  await send({ url: `${pathOf(url)}/convert?w=73` })
  const events = (await told(4)).filter(({ action }) => action === 'fp.converse')
  t.match(events, ['71', '72', '73'].map(width => ({ text: { url: `${url}/convert?w=${width}` } })))
  t.equal(events.length, 3)
})

t.test('a matching tag gets 304 and no bytes, and another plan another tag', async t => {
  const { send, pick, mediaIds } = await connect(t)
  const { url } = await pick(mediaIds[0] ?? '')
  const first = await send({ url: `${pathOf(url)}/convert?w=60` })
  const etag = String(first.headers.etag)
  const again = await send({ url: `${pathOf(url)}/convert?width=60`, headers: { 'if-none-match': etag } })
  t.equal(again.statusCode, 304)
  t.equal(again.rawPayload.length, 0)
  const other = await send({ url: `${pathOf(url)}/convert?w=61`, headers: { 'if-none-match': etag } })
  t.equal(other.statusCode, 200)
})

t.test('a bad parameter gets 400 with its name, what is allowed and what came, and is not cached', async t => {
  const { send, pick, mediaIds } = await connect(t)
  const { url } = await pick(mediaIds[0] ?? '')
  const answer = await send({ url: `${pathOf(url)}/convert?w=9000` })
  t.equal(answer.statusCode, 400)
  t.match(answer.json(), { code: 'CONVERSION_INVALID', message: 'w must be a whole number from 1 to 4096 pixels, got "9000"' })
  t.equal(answer.headers['cache-control'], 'no-store')
})
