import { join } from 'node:path'
import t from 'tap'
import { openSqliteStore } from '../../src/stores/sqlite-store.ts'
import { deliveryStoreSuite } from './delivery-store-suite.ts'

t.test('the shared suite', async t => {
  await deliveryStoreSuite(t, async t => {
    const path = join(t.testdir(), 'sender.sqlite')
    let store = openSqliteStore(path)
    t.teardown(() => store.close())
    return {
      store,
      reopen: async () => {
        await store.close()
        store = openSqliteStore(path)
        return store
      }
    }
  })
})
