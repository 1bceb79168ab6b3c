import t from 'tap'
import { openClockedStore } from '../helpers/clocked-store.ts'
import { startPostgres } from '../helpers/postgres-cluster.ts'
import { deliveryStoreSuite } from './delivery-store-suite.ts'

const cluster = await startPostgres()
t.teardown(() => cluster.stop())

t.test('the shared suite', async t => {
  await deliveryStoreSuite(t, async t => {
    const url = await cluster.database()
    const open = async (): ReturnType<typeof openClockedStore> => {
      const store = await openClockedStore(url)
      t.teardown(() => store.close())
      return store
    }
    return { store: await open(), reopen: open }
  })
})
