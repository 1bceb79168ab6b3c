import type { PgBoss } from 'pg-boss'
import type { Executor } from './connection.ts'

/** A pending delivery, as the queue of its endpoint knows it. */
export interface DueJob {
  deliveryId: string
  isRetry: boolean
  dueAtMs: number
}

/** pg-boss takes the highest priority first, and can be asked for a range: see `priorityOf`. */
const HIGHEST_PRIORITY = 2 ** 31 - 1
const EPOCH_MS = Date.UTC(2020)
const QUEUE = {
  policy: 'standard',
  // pg-boss forgets a job that waited longer than this past its time; ours wait as long as it takes (a disabled endpoint).
  retentionSeconds: 60 * 365 * 24 * 60 * 60
}
const INSERTED_AT_ONCE = 5_000

/**
 * What is due, in pg-boss: one queue per endpoint, one job per pending delivery. Taking a job removes it: what is under
 * way is a lease on the delivery's own row, in the same transaction.
 */
export class DueQueue {
  readonly #boss: PgBoss

  constructor (boss: PgBoss) {
    this.#boss = boss
  }

  async open (endpointId: string): Promise<void> {
    await this.#boss.createQueue(nameOf(endpointId), QUEUE)
  }

  async drop (endpointId: string): Promise<void> {
    await this.#boss.deleteQueue(nameOf(endpointId))
  }

  async put (executor: Executor, endpointId: string, jobs: readonly DueJob[]): Promise<void> {
    for (let start = 0; start < jobs.length; start += INSERTED_AT_ONCE) {
      await this.#boss.insert(nameOf(endpointId), jobs.slice(start, start + INSERTED_AT_ONCE).map(({ deliveryId, isRetry, dueAtMs }) => ({
        id: jobId(deliveryId),
        data: { deliveryId },
        priority: priorityOf(isRetry, dueAtMs),
        startAfter: new Date(dueAtMs).toISOString()
      })), { db: executor.boss })
    }
  }

  /** Takes up to so many due jobs of each kind, skipping what another node is taking at this moment. */
  async take (executor: Executor, endpointId: string, wanted: { firstAttempts: number, retries: number, nowMs: number }): Promise<string[]> {
    const first = await this.#fetch(executor, endpointId, wanted.firstAttempts, false, wanted.nowMs)
    const retries = await this.#fetch(executor, endpointId, wanted.retries, true, wanted.nowMs)
    const deliveryIds = [...first, ...retries]
    if (deliveryIds.length > 0) await this.remove(executor, endpointId, deliveryIds)
    return deliveryIds
  }

  /** Takes these out, due or not. */
  async remove (executor: Executor, endpointId: string, deliveryIds: readonly string[]): Promise<void> {
    await this.#boss.deleteJob(nameOf(endpointId), deliveryIds.map(jobId), { db: executor.boss })
  }

  async #fetch (executor: Executor, endpointId: string, batchSize: number, isRetry: boolean, nowMs: number): Promise<string[]> {
    if (batchSize <= 0) return []
    const jobs = await this.#boss.fetch<{ deliveryId: string }>(nameOf(endpointId), {
      batchSize, minPriority: priorityOf(isRetry, nowMs), maxPriority: priorityOf(isRetry, EPOCH_MS), db: executor.boss
    })
    return jobs.map(job => job.data.deliveryId)
  }
}

/**
 * The kind and the second in which a job falls due, as one number: positive for first attempts, negative for retries,
 * the higher the sooner. So what is due lies at one end of pg-boss's index, and taking it costs the same whatever waits behind. Good until 2088.
 */
function priorityOf (isRetry: boolean, dueAtMs: number): number {
  const second = Math.max(0, Math.floor((dueAtMs - EPOCH_MS) / 1000))
  return isRetry ? -1 - second : HIGHEST_PRIORITY - second
}

function nameOf (endpointId: string): string {
  return `endpoint/${endpointId}`
}

/** A delivery's number as a UUID: a delivery cannot be queued twice. */
function jobId (deliveryId: string): string {
  return `00000000-0000-8000-8000-${BigInt(deliveryId).toString(16).padStart(12, '0')}`
}
