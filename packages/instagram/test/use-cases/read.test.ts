import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import t from 'tap'
import type { FileRecord } from '../../src/domain/file.ts'
import type { Fetcher, MediaSource } from '../../src/domain/ports.ts'
import { ContactsheetError, type ContactsheetErrorCode } from '../../src/errors.ts'
import type { Locations } from '../../src/storage/locations.ts'
import { read } from '../../src/use-cases/read.ts'
import { jpeg, png } from '../pictures.ts'

const record: FileRecord = {
  id: 1,
  handle: 'AAAAAAAAAAAAAAAAAAAA',
  appKey: 'default',
  sessionId: undefined,
  filename: '1.jpg',
  mimetype: 'image/jpeg',
  size: jpeg.length,
  client: 'Instagram',
  createdAtMs: 0,
  modifiedAtMs: 0,
  source: { kind: 'instagram', accountId: '1', mediaId: '2' },
  origin: { accountId: '1', mediaId: '2' }
}

const locations = { get: () => { throw new Error('a link has no location') }, close: async () => {} } as Locations

/** A photo whose links work as the test says: one answer, or one refusal, for each link that is handed out. */
function photo (...answers: Array<Buffer | ContactsheetErrorCode>) {
  let links = 0
  const find: MediaSource['find'] = async () => ({ id: '2', kind: 'image', filename: '2.jpg', mimetype: 'image/jpeg', url: `https://scontent.cdninstagram.com/${links}` })
  const media: MediaSource = { find, preview: find, list: async () => ({ items: [] }), forgetLink: () => { if (links < answers.length - 1) links++ } }
  const fetcher: Fetcher = {
    async download (url) {
      const answer = answers[Number(url.at(-1))] ?? 'SOURCE_GONE'
      if (typeof answer === 'string') throw new ContactsheetError(answer, 'refused')
      return { body: Readable.from([answer]), size: answer.length, mimetype: 'text/html', range: undefined }
    }
  }
  return { media, fetcher, locations }
}

t.test('a link that the CDN takes no longer is looked up again, once', async t => {
  const opened = await read(photo('SOURCE_GONE', jpeg), record)
  t.ok((await buffer(opened.body)).equals(jpeg))
  await t.rejects(read(photo('SOURCE_GONE', 'SOURCE_GONE', jpeg), record), { code: 'SOURCE_GONE' })
})

t.test('a photo whose new link is the old one is gone', async t => {
  await t.rejects(read(photo('SOURCE_GONE'), record), { code: 'SOURCE_GONE', statusCode: 404 })
})

t.test('the kind of the bytes is told, not what the CDN calls them or what they were once', async t => {
  t.equal((await read(photo(png), record)).mimetype, 'image/png')
})

for (const [code, told, statusCode] of [
  ['INSTAGRAM_NOT_CONNECTED', 'SOURCE_RECONNECT_REQUIRED', 424], ['INSTAGRAM_RECONNECT_REQUIRED', 'SOURCE_RECONNECT_REQUIRED', 424], ['INSTAGRAM_UNAVAILABLE', 'SOURCE_UNAVAILABLE', 502],
  ['INSTAGRAM_LIMIT_REACHED', 'INSTAGRAM_LIMIT_REACHED', 429], ['SOURCE_GONE', 'SOURCE_GONE', 404]
] as const) {
  t.test(`${code} of Instagram is ${told}, ${statusCode}, to who reads the link`, async t => {
    const services = photo(jpeg)
    services.media.find = async () => { throw new ContactsheetError(code, 'refused') }
    await t.rejects(read(services, record), { code: told, statusCode })
  })
}

t.test('a CDN that cannot be reached is told as an unavailable source; a mistake of ours stays one', async t => {
  await t.rejects(read(photo('DOWNLOAD_FAILED'), record), { code: 'SOURCE_UNAVAILABLE', statusCode: 502 })
  const services = photo(jpeg)
  services.media.find = async () => { throw new TypeError('a mistake') }
  await t.rejects(read(services, record), TypeError)
})
