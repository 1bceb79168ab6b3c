import type { DeliveryStore } from '../../src/stores/delivery-store.ts'
import { claimSuite } from './suite/claim.ts'
import { endpointSuite } from './suite/endpoints.ts'
import { enqueueSuite } from './suite/enqueue.ts'
import { logSuite } from './suite/log.ts'
import { seriesSuite } from './suite/series.ts'
import { settleSuite } from './suite/settle.ts'

/** tap's test object, as far as the suite uses it. */
export type Suite = import('tap').Test

/**
 * Opens an empty store. `reopen` is a new process on the same data while the old one is gone without a goodbye;
 * a store that many nodes share may answer another connection.
 */
export interface StoreUnderTest {
  store: DeliveryStore
  reopen (): Promise<DeliveryStore>
}

export type OpenStore = (t: Suite) => Promise<StoreUnderTest>

/** What every delivery store must do, whatever it is made of. */
export async function deliveryStoreSuite (t: Suite, open: OpenStore): Promise<void> {
  await t.test('enqueue', async t => { await enqueueSuite(t, open) })
  await t.test('claim', async t => { await claimSuite(t, open) })
  await t.test('settle', async t => { await settleSuite(t, open) })
  await t.test('series', async t => { await seriesSuite(t, open) })
  await t.test('endpoints', async t => { await endpointSuite(t, open) })
  await t.test('log', async t => { await logSuite(t, open) })
}
