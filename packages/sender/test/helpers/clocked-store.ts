import { TestClock } from 'pg-boss'
import type { DeliveryStore, Lease } from '../../src/stores/delivery-store.ts'
import { openPostgresStore } from '../../src/stores/postgres-store.ts'

/** A PostgreSQL store whose pg-boss reads the time that the caller of `claim` passes in, as our own statements do. */
export async function openClockedStore (url: string): Promise<DeliveryStore> {
  const clock = new TestClock(0)
  const store = await openPostgresStore(url, { clock, connections: 4 })
  let setting: Promise<void> = Promise.resolve()
  const setTime = async ({ nowMs }: Pick<Lease, 'nowMs'>): Promise<void> => {
    setting = setting.then(async () => { if (clock.now() !== nowMs) await clock.setTime(nowMs) })
    await setting
  }
  return {
    ...store,
    async claim (request) {
      await setTime(request)
      return await store.claim(request)
    }
  }
}
