import { readFile } from 'node:fs/promises'
import t from 'tap'
import { converseEvent } from '../../../src/domain/conversion/converse-event.ts'
import type { FileRecord, FileSource } from '../../../src/domain/file.ts'
import type { App } from '../../../src/options.ts'

const app = { key: 'default', instagramAppId: '7876', instagramAppSecret: 's', secret: undefined, origins: [], mimetypes: [], extensions: [], maxSize: 1 } as unknown as App

function recordOf (source: FileSource): FileRecord {
  return {
    id: 31_968,
    handle: 'uydUKAcTSsWB3g5HOsB4',
    appKey: 'default',
    sessionId: undefined,
    filename: '1.jpeg',
    mimetype: 'image/jpeg',
    size: 111_175,
    client: 'Instagram',
    createdAtMs: Date.parse('2015-06-29T13:31:02.204Z'),
    modifiedAtMs: 0,
    source,
    origin: undefined
  }
}

function eventOf (source: FileSource, provider: string) {
  return converseEvent({ url: 'https://www.filestackapi.com/api/file/uydUKAcTSsWB3g5HOsB4/convert?w=102', source: recordOf(source), app, provider, nowMs: 1_435_586_806_999 })
}

t.test('the event of a stored file is that of Filestack\'s page, field by field', async t => {
  const page = JSON.parse(await readFile(new URL('./product-page-conversion.json', import.meta.url), 'utf8')) as { id: number }
  const event = eventOf({ kind: 'stored', location: 's3', container: 'filepicker_upload_persist', key: 'pHSrbCRqSqeR1wh8USfY_1.jpeg', access: 'private', sha256: '' }, 'Instagram')
  t.same({ ...event, id: page.id }, page)
})

t.test('a link is told by a path and never by an address of Instagram', async t => {
  t.match(eventOf({ kind: 'instagram', accountId: '1', mediaId: '42' }, 'Instagram').text, { link: { url: 'Instagram/42', provider: 'Instagram' } })
  t.match(eventOf({ kind: 'url', url: 'https://example.com/a.jpg' }, 'URL').text, { link: { url: 'https://example.com/a.jpg' } })
})

t.test('an unknown size is 0, as text', async t => {
  const event = converseEvent({ url: 'u', source: { ...recordOf({ kind: 'url', url: 'x' }), size: undefined }, app: { ...app, instagramAppId: '99999999999999999' }, provider: 'URL', nowMs: 0 })
  t.match(event.text, { link: { size: '0' } })
  t.notMatch(event.text, { link: { app_id: Number } }, 'an app id that is no safe number is left out')
})
