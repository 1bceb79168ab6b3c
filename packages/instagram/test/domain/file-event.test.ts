import { readFileSync } from 'node:fs'
import t from 'tap'
import { deleteEvent, overwriteEvent, uploadEvent } from '../../src/domain/file-event.ts'
import type { FileRecord } from '../../src/domain/file.ts'

const URL_OF = (handle: string) => `https://www.filestackapi.com/api/file/${handle}`

/** The rows behind the two uploads of Filestack's page. */
const symlink: FileRecord = {
  id: 1,
  handle: 'WAunDTTqQfCNWwUUyf6n',
  appKey: 'default',
  sessionId: undefined,
  filename: '1579337399020824.jpg',
  mimetype: 'image/jpeg',
  size: 139154,
  client: 'Instagram',
  createdAtMs: 0,
  modifiedAtMs: 0,
  source: { kind: 'instagram', accountId: '1', mediaId: '1579337399020824' },
  origin: { accountId: '1', mediaId: '1579337399020824' }
}

const stored: FileRecord = {
  ...symlink,
  handle: '0CpUz9H4QfaX7LwwsgUf',
  filename: 'Cat_crying_Lolcat.jpg',
  size: 205354,
  source: { kind: 'stored', location: 'S3', container: 'kg_bucket', key: 'EqACdfNRmylz2h1SSYwT_Cat_crying_Lolcat.jpg', access: 'private', sha256: '' }
}

function page (name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`./product-page/${name}.json`, import.meta.url), 'utf8')) as Record<string, unknown>
}

t.test('a link is told as on Filestack\'s page', async t => {
  t.same({ ...uploadEvent(symlink, URL_OF(symlink.handle), 1443444905999), id: 100946 }, page('upload-symlink'))
})

t.test('a copy is told as on Filestack\'s page', async t => {
  t.same({ ...uploadEvent(stored, URL_OF(stored.handle), 1443515345000), id: 105258 }, page('upload-stored'))
})

t.test('a link of unknown size is told without one', async t => {
  const { text } = JSON.parse(JSON.stringify(uploadEvent({ ...symlink, size: undefined }, '', 0))) as { text: object }
  t.same(Object.keys(text), ['url', 'client', 'type', 'filename'])
})

t.test('overwriting and ending are told with the fields that Filestack documents', async t => {
  t.same(overwriteEvent(stored, 'u', 5000), { action: 'fp.overwrite', timestamp: 5, text: { mimetype: 'image/jpeg', url: 'u', isWriteable: true, filename: 'Cat_crying_Lolcat.jpg', client: 'Instagram', size: 205354 } })
  t.same(overwriteEvent({ ...stored, size: undefined }, 'u', 0).action, 'fp.overwrite')
  t.same(deleteEvent('u', 5999), { action: 'fp.delete', timestamp: 5, text: { url: 'u' } })
})
