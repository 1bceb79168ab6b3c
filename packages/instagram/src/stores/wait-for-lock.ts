import { setTimeout as sleep } from 'node:timers/promises'
import type { Dialect } from 'kysely'
import { aroundQueries } from './around-queries.ts'

/** SQLite's primary result code for a file that another process has locked. */
const BUSY = 5
const PRIMARY = 0xff
/** Together with the 5 ms that SQLite itself waits each time: five seconds in all. */
const WAIT_MS = 20
const MOST_WAITS = 200

/**
 * A dialect that asks again while the file is locked, for five seconds, and lets the event loop run meanwhile: SQLite itself waits for a
 * lock with everything standing still, also the work of this very process that would end it.
 *
 * @param delay - waits so many milliseconds. @defaultValue setTimeout
 */
export function waitingForLock (dialect: Dialect, delay: (milliseconds: number) => Promise<unknown> = sleep): Dialect {
  return aroundQueries(dialect, <Ask extends (...given: never[]) => Promise<unknown>>(ask: Ask) => (async (...given: Parameters<Ask>) => {
    for (let waits = 0; ; waits++) {
      try {
        return await ask(...given)
      } catch (error) {
        if (!isBusy(error) || waits === MOST_WAITS) throw error
      }
      await delay(WAIT_MS)
    }
  }) as Ask)
}

function isBusy (error: unknown): boolean {
  const { errcode } = Object(error) as { errcode?: unknown }
  return typeof errcode === 'number' && (errcode & PRIMARY) === BUSY
}
