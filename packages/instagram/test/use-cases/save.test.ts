import { readdirSync } from 'node:fs'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { uploadEvent } from '../../src/domain/file-event.ts'
import { copy } from '../../src/use-cases/copy.ts'
import { save } from '../../src/use-cases/save.ts'
import { jpeg, png } from '../pictures.ts'
import { startS3 } from '../storage/s3-server.ts'
import { fileServices, type FileServicesOfTest } from './in-memory.ts'

const rules = { mimetypes: ['*/*'], maxBytes: 1_000_000 }

async function setUp (t: Test, times: { now?: () => number } = {}) {
  const directory = t.testdir()
  const services = await fileServices(t, { storage: { type: 'disk', directory }, ...times })
  const request = (body: Readable) => ({ body, filename: 'a.jpg', location: 'S3', rules })
  return {
    services,
    copy: async (body: Readable, signal?: AbortSignal) => await copy(services.saving, { ...request(body), ...(signal === undefined ? {} : { signal }) }),
    save: async (body: Readable) => await save(services.saving, {
      ...request(body), app: services.app, sessionId: undefined, client: 'Computer', event: record => uploadEvent(record, '', 0)
    }),
    objects: () => readdirSync(directory, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).length,
    loose: async () => await services.database.selectFrom('contactsheet_loose_objects').selectAll().execute()
  }
}

t.test('a copy knows its size and its hash when the last byte is stored', async t => {
  const { services, save } = await setUp(t)
  const record = await save(Readable.from([jpeg.subarray(0, 100), jpeg.subarray(100)]))
  const { createHash } = await import('node:crypto')
  t.match(record, { size: jpeg.length, source: { sha256: createHash('sha256').update(jpeg).digest('hex') } })
  t.ok((await buffer((await services.files.open(record)).body)).equals(jpeg))
})

t.test('whatever breaks on the way, no bytes and no row stay', async t => {
  const { copy, objects, loose } = await setUp(t)
  async function * broken (): AsyncGenerator<Buffer> {
    yield Buffer.alloc(100_000)
    throw new Error('the sender hung up')
  }
  await t.rejects(copy(Readable.from(broken())))
  await t.rejects(copy(Readable.from([Buffer.alloc(1_000_001)])), { code: 'FILE_TOO_LARGE' })
  await t.rejects(copy(Readable.from([])), { code: 'FILE_EMPTY' })
  await t.rejects(copy(Readable.from([jpeg]), AbortSignal.abort()), { code: 'COPY_TIMED_OUT' })
  t.equal(objects(), 0)
  t.same(await loose(), [])
})

t.test('attack: a 5 GB stream is cut at the limit', async t => {
  const { copy, objects } = await setUp(t)
  let sent = 0
  function * endless (): Generator<Buffer> {
    const chunk = Buffer.alloc(64 * 1024, 'x')
    for (; sent < 5 * 1024 ** 3; sent += chunk.length) yield chunk
  }
  await t.rejects(copy(Readable.from(endless())), { code: 'FILE_TOO_LARGE' })
  t.ok(sent < 4_000_000, `${sent} bytes were taken`)
  t.equal(objects(), 0)
})

t.test('attack: a slow stream, a byte now and then, meets the deadline of the copy', async t => {
  const { services, objects } = await setUp(t)
  const slow = new Readable({ read () {} })
  const timer = setInterval(() => slow.push('x'), 5)
  t.teardown(() => { clearInterval(timer) })
  await t.rejects(copy({ ...services.saving, copyDeadlineMs: 60 }, { body: slow, filename: 'a.txt', location: 'S3', rules }), { code: 'COPY_TIMED_OUT' })
  t.equal(objects(), 0)
})

t.test('attack: a stream that never sends anything meets the same deadline', async t => {
  const { services } = await setUp(t)
  const silent = new Readable({ read () {} })
  // A server's socket keeps the process up, deadlines do not.
  const socket = setInterval(() => {}, 1000)
  t.teardown(() => { clearInterval(socket) })
  await t.rejects(copy({ ...services.saving, copyDeadlineMs: 30 }, { body: silent, filename: 'a.txt', location: 'S3', rules }), { code: 'COPY_TIMED_OUT' })
  t.equal(silent.destroyed, true)
})

t.test('a row that cannot be written takes its bytes with it', async t => {
  const { services, objects, loose } = await setUp(t)
  await t.rejects(save(services.saving, {
    app: services.app, sessionId: undefined, client: 'Computer', body: Readable.from([jpeg]), filename: 'a.jpg', location: 'S3', event: () => { throw new Error('no event') }
  }), /no event/)
  t.equal(objects(), 0)
  t.same(await loose(), [])
})

t.test('what a crash left is swept when nobody can be writing it any more', async t => {
  let time = Date.now()
  const { services, copy, objects, loose } = await setUp(t, { now: () => time })
  await copy(Readable.from([jpeg]))
  t.equal(objects(), 1, 'bytes without a row, as after a crash in between')
  t.equal(await services.sweep.run(), 0)
  time += 20 * 60_000
  t.equal(await services.sweep.run(), 1)
  t.equal(objects(), 0)
  t.same(await loose(), [])
})

t.test('bytes that the storage would not remove are removed on a later round', async t => {
  const { services, save, objects, loose } = await setUp(t)
  const record = await save(Readable.from([jpeg]))
  const { location } = services.locations.get('s3')
  const { remove } = location
  location.remove = async () => { throw new Error('the storage is away') }
  await services.files.remove(record.handle)
  await t.rejects(services.files.find(record.handle), { code: 'FILE_NOT_FOUND' }, 'the handle has ended all the same')
  t.equal(await services.sweep.run(), 0)
  location.remove = remove
  t.equal(await services.sweep.run(), 1)
  t.equal(objects(), 0)
  t.same(await loose(), [])
})

t.test('something of others at a key is left alone', async t => {
  const { services, objects } = await setUp(t)
  const { location } = services.locations.get('s3')
  await location.put('theirs.jpg', Readable.from([png]), { container: 'files', mimetype: 'image/png' })
  await t.rejects(copy(services.saving, { body: Readable.from([jpeg]), filename: 'a.jpg', location: 'S3', path: 'theirs.jpg', rules }), { code: 'KEY_TAKEN' })
  t.equal(objects(), 1)
})

t.test('files in S3 are kept, read, overwritten and removed like others', async t => {
  const options = await startS3(t)
  const services: FileServicesOfTest = await fileServices(t, { storage: options })
  const record = await save(services.saving, { app: services.app, sessionId: undefined, client: 'Computer', body: Readable.from([jpeg]), filename: 'a.jpg', location: 's3', path: 'x/', event: made => uploadEvent(made, '', 0) })
  t.match(record.source, { location: 'S3', container: 'bucket', key: /^x\/.{20}_a\.jpg$/ })
  t.equal(services.files.providerOf(record), 'amazon')
  t.equal(services.files.pathOf(record), undefined)
  t.same(await buffer((await services.files.open(record, { start: 1, end: 9 })).body), jpeg.subarray(1, 10))
  await services.files.remove(record.handle)
  t.equal(record.source.kind === 'stored' && await services.locations.get('s3').location.stat(record.source.key), undefined)
})
