import { ContactsheetError } from '../errors.ts'
import type { Locations } from '../storage/locations.ts'
import type { LooseObject, LooseObjects } from '../stores/loose-objects.ts'

export type Sweep = ReturnType<typeof createSweep>

const BATCH = 100
const INTERVAL_MS = 60_000

/** Removes bytes that no row holds: at once after a failed copy or a removed file, and on its rounds what a crash left. */
export function createSweep ({ looseObjects, locations }: { looseObjects: LooseObjects, locations: Locations }) {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()

  async function clear (object: LooseObject): Promise<void> {
    await locations.get(object.location).location.remove(object.key, { container: object.container })
    await looseObjects.forget(object)
  }

  async function giveUp (object: LooseObject, reason: unknown): Promise<void> {
    // What is at the key is somebody else's.
    if (reason instanceof ContactsheetError && reason.code === 'KEY_TAKEN') await looseObjects.forget(object)
    else if (await looseObjects.abandon(object)) await clear(object)
  }

  async function run (): Promise<number> {
    let count = 0
    for (let found = await looseObjects.condemn(BATCH); found.length > 0; found = await looseObjects.condemn(BATCH)) {
      const cleared = await Promise.allSettled(found.map(clear))
      const successes = cleared.filter(({ status }) => status === 'fulfilled').length
      count += successes
      if (successes < found.length) break
    }
    return count
  }

  return {
    /** One round over everything that is due. @returns how many objects are gone */
    run,

    /** Removes doomed bytes now; when the storage refuses, a later round does it. */
    async clear (object: LooseObject): Promise<void> {
      await clear(object).catch(() => {})
    },

    /** Does something with fresh bytes; when it fails, they go. */
    async guard<Result> (object: LooseObject, work: () => Promise<Result>): Promise<Result> {
      try {
        return await work()
      } catch (error) {
        await giveUp(object, error).catch(() => {})
        throw error
      }
    },

    start (): void {
      const round = (): void => {
        running = run().catch(() => {}).finally(() => { timer = setTimeout(round, INTERVAL_MS).unref() })
      }
      round()
    },

    async close (): Promise<void> {
      clearTimeout(timer)
      await running
      clearTimeout(timer)
    }
  }
}
