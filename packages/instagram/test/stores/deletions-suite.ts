import { createDeletions } from '../../src/stores/deletions.ts'
import type { StoreSuite } from './each-database.ts'

const ACCOUNTS = [{ appKey: 'default', accountId: '17' }, { appKey: 'default', accountId: '18' }]

export const deletionsSuite: StoreSuite = async (t, fresh) => {
  t.test('a request is open with its accounts until it is complete, and then knows them no longer', async t => {
    let now = 1000
    const deletions = createDeletions(await (await fresh(t)).open(), () => now)
    await deletions.request('code', ACCOUNTS)
    t.same(await deletions.open(), [{ code: 'code', accounts: ACCOUNTS, requestedAtMs: 1000, completedAtMs: undefined }])
    now = 2000
    await deletions.complete('code')
    t.same(await deletions.open(), [])
    t.same(await deletions.find('code'), { code: 'code', accounts: [], requestedAtMs: 1000, completedAtMs: 2000 })
    t.equal(await deletions.find('another'), undefined)
  })
}
