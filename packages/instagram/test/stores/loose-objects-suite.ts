import { deleteEvent } from '../../src/domain/file-event.ts'
import { newHandle } from '../../src/domain/handle.ts'
import type { StoreSuite } from './each-database.ts'
import { openStores } from './open-stores.ts'

const PLACE = { location: 's3', container: 'files', key: 'a.jpg' }

export const looseObjectsSuite: StoreSuite = async (t, fresh) => {
  t.test('a key belongs to one copy at a time, and then to one file', async t => {
    const { looseObjects, insert, files } = await openStores(await fresh(t))
    const object = await looseObjects.begin(PLACE)
    await t.rejects(looseObjects.begin(PLACE), { code: 'KEY_TAKEN' })
    const { handle } = await insert(object)
    await t.rejects(looseObjects.begin(PLACE), { code: 'KEY_TAKEN' })
    const doomed = await files.remove(handle, deleteEvent('', 0))
    await t.rejects(looseObjects.begin(PLACE), { code: 'KEY_TAKEN' }, 'not before its bytes are gone')
    if (doomed !== undefined) await looseObjects.forget(doomed)
    t.match(await looseObjects.begin(PLACE), PLACE)
  })

  t.test('of many that want a key at once one gets it', async t => {
    const database = await fresh(t)
    const [one, two] = [await openStores(database), await openStores(database)]
    const asked = await Promise.allSettled([one, two, one, two, one, two].map(async ({ looseObjects }) => await looseObjects.begin(PLACE)))
    t.equal(asked.filter(({ status }) => status === 'fulfilled').length, 1)
  })

  t.test('a copy that takes too long is condemned and can get no row any more', async t => {
    const { looseObjects, insert, files, pass, database } = await openStores(await fresh(t))
    const object = await looseObjects.begin(PLACE)
    t.same(await looseObjects.condemn(10), [], 'not before its time')
    pass(1000)
    t.match(await looseObjects.condemn(10), [PLACE])
    const handle = newHandle()
    await t.rejects(insert(object, handle), { code: 'COPY_TIMED_OUT' })
    t.equal(await files.find(handle), undefined, 'the row is undone')
    t.same(await database.selectFrom('contactsheet_outbox').selectAll().execute(), [], 'and the event with it')
  })

  t.test('giving up says whether the bytes are still loose', async t => {
    const { looseObjects, insert } = await openStores(await fresh(t))
    const lost = await looseObjects.begin(PLACE)
    t.equal(await looseObjects.abandon(lost), true)
    t.match(await looseObjects.condemn(10), [PLACE])
    await looseObjects.forget(lost)
    const kept = await looseObjects.begin(PLACE)
    await insert(kept)
    t.equal(await looseObjects.abandon(kept), false, 'a commit whose answer was lost')
    t.same(await looseObjects.condemn(10), [])
  })

  t.test('a removed file leaves its bytes condemned at once', async t => {
    const { looseObjects, insert, files } = await openStores(await fresh(t))
    const { handle } = await insert(await looseObjects.begin(PLACE))
    t.match(await files.remove(handle, deleteEvent('', 0)), PLACE)
    t.match(await looseObjects.condemn(10), [PLACE])
    await t.rejects(files.remove(handle, deleteEvent('', 0)), { code: 'FILE_NOT_FOUND' })
  })
}
