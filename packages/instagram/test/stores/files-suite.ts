import { deleteEvent, overwriteEvent, uploadEvent } from '../../src/domain/file-event.ts'
import { newHandle } from '../../src/domain/handle.ts'
import type { FileRecord, NewFile } from '../../src/domain/file.ts'
import type { StoreSuite } from './each-database.ts'
import { openStores, stored } from './open-stores.ts'

const place = (key: string) => ({ location: 's3', container: 'files', key })

function symlink (accountId: string, mediaId: string): NewFile {
  const origin = { accountId, mediaId }
  return {
    handle: newHandle(), appKey: 'default', sessionId: 'a session', filename: `${mediaId}.jpg`, mimetype: 'image/jpeg', size: undefined, client: 'Instagram', createdAtMs: 5, modifiedAtMs: 5, source: { kind: 'instagram', ...origin }, origin
  }
}

const event = (record: FileRecord) => uploadEvent(record, record.handle, 1000)

export const filesSuite: StoreSuite = async (t, fresh) => {
  t.test('every kind of file comes back as it went in', async t => {
    const { files, looseObjects } = await openStores(await fresh(t))
    const object = await looseObjects.begin(place('a'))
    for (const [file, written] of [[symlink('1', '2')], [{ ...symlink('1', '2'), size: 3_000_000_000, source: { kind: 'url', url: 'https://example.com/' }, origin: undefined, sessionId: undefined }], [stored(newHandle(), object), object]] as Array<[NewFile, typeof object?]>) {
      const made = await files.insert(file, event, written)
      t.same(await files.find(file.handle), { ...file, id: made.id })
    }
    t.equal(await files.find('AAAAAAAAAAAAAAAAAAAA'), undefined)
  })

  t.test('a change and its event are one transaction', async t => {
    const { files, looseObjects, database } = await openStores(await fresh(t))
    const object = await looseObjects.begin(place('a'))
    await t.rejects(files.insert(stored(newHandle(), object), () => { throw new Error('no event') }, object), /no event/)
    t.same(await database.selectFrom('contactsheet_files').selectAll().execute(), [])
    t.equal(await looseObjects.abandon(object), true, 'the bytes are loose again')
  })

  t.test('what is told is told in the order of the changes', async t => {
    const { files, looseObjects, insert, database } = await openStores(await fresh(t))
    const before = await insert(await looseObjects.begin(place('a')))
    const second = await looseObjects.begin(place('b'))
    const after = { ...before, modifiedAtMs: 2, source: { ...before.source, key: 'b' } } as FileRecord
    t.match(await files.replace(before, after, overwriteEvent(after, '', 0), second), place('a'))
    await files.remove(before.handle, deleteEvent('', 0))
    const rows = await database.selectFrom('contactsheet_outbox').selectAll().orderBy('id').execute()
    t.same(rows.map(row => [row.handle, JSON.parse(row.event).action]), ['fp.upload', 'fp.overwrite', 'fp.delete'].map(action => [before.handle, action]))
  })

  t.test('a file that was changed or removed meanwhile is not replaced, and the new bytes stay loose', async t => {
    const { files, looseObjects, insert } = await openStores(await fresh(t))
    const before = await insert(await looseObjects.begin(place('a')))
    const second = await looseObjects.begin(place('b'))
    await t.rejects(files.replace({ ...before, modifiedAtMs: 0 }, before, overwriteEvent(before, '', 0), second), { code: 'FILE_CHANGED' })
    t.equal(await looseObjects.abandon(second), true)
  })

  t.test('10,000 files of one account are listed page by page, newest first, each once', async t => {
    const { files, database } = await openStores(await fresh(t))
    const others = [symlink('other', '1'), { ...symlink('1', '1'), appKey: 'second' }]
    for (const other of others) await files.insert(other, event)
    const columns = { app_key: 'default', session_id: null, filename: 'a', mimetype: 'image/jpeg', size: null, client: 'Instagram', created_at_ms: 1, modified_at_ms: 1, source_kind: 'instagram', account_id: '1', url: null, location: null, container: null, key: null, access: null, sha256: null } as const
    for (let start = 0; start < 10_000; start += 500) {
      await database.insertInto('contactsheet_files').values(Array.from({ length: 500 }, (_, index) => ({ ...columns, handle: newHandle(), media_id: String(start + index) }))).execute()
    }
    const seen: number[] = []
    let pages = 0
    for (let after: string | undefined; ; pages++) {
      const page = await files.list({ appKey: 'default', accountId: '1', limit: 999, ...(after === undefined ? {} : { after }) })
      seen.push(...page.items.map(({ source }) => source.kind === 'instagram' ? Number(source.mediaId) : -1))
      after = page.after
      if (after === undefined) break
    }
    t.equal(pages, 10)
    t.same(seen, Array.from({ length: 10_000 }, (_, index) => 9_999 - index))
  })

  t.test('all files of an account end without being told of, and those of others stay', async t => {
    const { files, looseObjects, database } = await openStores(await fresh(t))
    const account = { appKey: 'default', accountId: '1' }
    const object = await looseObjects.begin(place('a'))
    await files.insert({ ...stored(newHandle(), object), origin: { accountId: '1', mediaId: '9' } }, event, object)
    await files.insert(symlink('1', '2'), event)
    const other = await files.insert(symlink('2', '3'), event)
    t.match(await files.removeOf(account, 1), { records: { length: 1 } }, 'so many at a time')
    await files.removeOf(account, 10)
    t.same(await files.removeOf(account, 10), { records: [], doomed: [] }, 'until none is left')
    t.same((await database.selectFrom('contactsheet_files').select('handle').execute()).map(({ handle }) => handle), [other.handle])
    t.same((await database.selectFrom('contactsheet_outbox').select('handle').execute()).map(({ handle }) => handle), [other.handle], 'nothing is told any more')
    t.match(await looseObjects.condemn(10), [place('a')], 'its bytes are swept')
  })

  t.test('a page has 100 files when no number is asked for, at least 1 and at most 1,000', async t => {
    const { files } = await openStores(await fresh(t))
    for (let index = 0; index < 3; index++) await files.insert(symlink('1', String(index)), event)
    const sizeOf = async (limit?: number) => (await files.list({ appKey: 'default', accountId: '1', ...(limit === undefined ? {} : { limit }) })).items.length
    t.same([await sizeOf(), await sizeOf(0), await sizeOf(2.9), await sizeOf(1e9)], [3, 1, 2, 3])
    t.same((await files.list({ appKey: 'default', accountId: '1', limit: 3 })).after, undefined, 'a full last page is the last')
    await t.rejects(files.list({ appKey: 'default', accountId: '1', after: '1 or 1' }), { code: 'REQUEST_INVALID' })
  })
}
