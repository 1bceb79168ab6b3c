import { DatabaseSync } from 'node:sqlite'
import { createSender } from '@contactsheet/sender'
import { BENCH_SECRET, event } from './event.ts'

export const IDLE_ENDPOINT = { url: 'https://receiver.example/', secret: BENCH_SECRET, concurrency: 500 }
const HOUR_MS = 3_600_000
/** When the first retry falls due, on the clock of the sender under test: filling may take as long as it takes. */
export const FIRST_DUE_MS = Date.UTC(2030, 0, 1)

export interface FillOptions {
  pending: number
  /** How many of them fall due soon, spread over `seconds`; the others within half a day. */
  due: number
  seconds: number
}

/** Makes a database in which deliveries wait for their second attempt, as after a long failure of a receiver. */
export async function fillDatabase (path: string, { pending, due, seconds }: FillOptions): Promise<void> {
  const sender = createSender({ database: path, endpoints: [IDLE_ENDPOINT] })
  await sender.start()
  await sender.close()
  const database = new DatabaseSync(path)
  database.exec('PRAGMA synchronous = OFF; BEGIN')
  const insertEvent = database.prepare('INSERT INTO events (seq, id, action, created_at, body) VALUES (?, ?, ?, ?, ?)')
  const insertDelivery = database.prepare(`INSERT INTO deliveries (seq, event_seq, endpoint_seq, series, origin, state, is_ordered, attempts_made, created_at, due_at, first_attempt_at)
    VALUES (?, ?, 1, 0, 0, 0, 0, 1, ?, ?, ?)`)
  const insertAttempt = database.prepare('INSERT INTO attempts (delivery_seq, number, run, started_at, ended_at, outcome, status) VALUES (?, 1, 0, ?, ?, \'failed\', 500)')
  const firstMs = FIRST_DUE_MS - 300_000
  for (let id = 1; id <= pending; id++) {
    insertEvent.run(id, `fp_upload_${id}`, 'fp.upload', firstMs, Buffer.from(JSON.stringify(event(id))))
    const dueMs = id <= due ? FIRST_DUE_MS + Math.floor(id * seconds * 1000 / due) : FIRST_DUE_MS + 6 * HOUR_MS + id
    insertDelivery.run(id, id, firstMs, dueMs, firstMs)
    insertAttempt.run(id, firstMs, firstMs + 20)
  }
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}
