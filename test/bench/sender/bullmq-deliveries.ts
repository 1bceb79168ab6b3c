import { Queue, Worker, type Job } from 'bullmq'
import { Pool } from 'undici'
import { createKeyring, signHeaders } from '@contactsheet/webhooks'
import { BENCH_SECRET, callers, event } from './event.ts'
import { startRedis, type Cleanup } from './processes.ts'

/** From one attempt to the next, as BullMQ counts: 5 minutes, 1 hour and 12 hours after the first. */
const DELAYS_MS = [300_000, 3_300_000, 39_600_000]
const KEPT_BYTES = 4 * 1024

/**
 * Of an attempt BullMQ itself keeps what a job has one field for: when the last one started, how many there were, and what the
 * processor returned in the end. `full` adds what its documentation offers for a log, `job.log`: a line that is on disk before
 * the request, and one after it that tells how it went, for every attempt.
 */
export type BullmqLog = 'own' | 'full'

export interface BullmqDeliveries {
  store (count: number, width: number): Promise<void>
  start (): void
  close (): Promise<void>
}

/** Signed deliveries as BullMQ jobs, four attempts on our schedule by its own options, on a Redis of their own. */
export async function bullmqDeliveries (cleanup: Cleanup, url: string, slots: number, log: BullmqLog): Promise<BullmqDeliveries> {
  const connection = { host: '127.0.0.1', port: await startRedis(cleanup) }
  const queue = new Queue('deliveries', { connection, defaultJobOptions: { attempts: DELAYS_MS.length + 1, backoff: { type: 'custom' } } })
  const pool = new Pool(new URL(url).origin, { connections: slots })
  const deliver = delivery(pool, new URL(url).pathname)
  const worker = new Worker<unknown, Partial<Answer>>('deliveries', log === 'own' ? deliver : job => logged(job, deliver), {
    connection,
    concurrency: slots,
    autorun: false,
    settings: { backoffStrategy: attemptsMade => DELAYS_MS[attemptsMade - 1] ?? -1 }
  })
  return {
    store: (count, width) => callers(count, width, id => queue.add('deliver', event(id), { jobId: `fp_upload_${id}` })),
    start: () => { worker.run().catch(error => { throw error }) },
    async close () {
      await worker.close()
      await queue.close()
      await pool.close()
    }
  }
}

interface Answer {
  status: number
  remoteAddress: string | undefined
  timings: { waitMs: number, totalMs: number }
  responseBody: string
}

type Deliver = (job: Job) => Promise<Answer>

/** Signs with a key that is imported once, posts, and keeps of the answer what our own log keeps. */
function delivery (pool: Pool, path: string): Deliver {
  const keyring = createKeyring(BENCH_SECRET)
  return async ({ id = '', data }) => {
    const startedAt = performance.now()
    const body = Buffer.from(JSON.stringify(data))
    const headers = signHeaders({ body, secrets: keyring, id, timestamp: Math.floor(Date.now() / 1000) })
    const answer = await pool.request({ path, method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
    const waitMs = performance.now() - startedAt
    const responseBody = (await answer.body.text()).slice(0, KEPT_BYTES)
    if (answer.statusCode >= 300) throw new Error(`the answer was ${answer.statusCode}`)
    return { status: answer.statusCode, remoteAddress: '127.0.0.1', timings: { waitMs, totalMs: performance.now() - startedAt }, responseBody }
  }
}

async function logged (job: Job, deliver: Deliver): Promise<Partial<Answer>> {
  const number = job.attemptsMade + 1
  await job.log(JSON.stringify({ number, startedAtMs: Date.now() }))
  try {
    const answer = await deliver(job)
    await job.log(JSON.stringify({ number, endedAtMs: Date.now(), outcome: 'delivered', ...answer }))
    return { status: answer.status }
  } catch (error) {
    await job.log(JSON.stringify({ number, endedAtMs: Date.now(), outcome: 'failed', error: String(error) }))
    throw error
  }
}
