import { DatabaseSync } from 'node:sqlite'
import { createSender } from '@contactsheet/sender'
import { BENCH_SECRET, event } from './event.ts'

export const IDLE_ENDPOINT = { url: 'https://receiver.example/', secret: BENCH_SECRET, concurrency: 500 }
const HOUR_MS = 3_600_000
/** From now until the first retry falls due: filling and starting must be done by then. */
export const LEAD_MS = 15_000

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
  const firstMs = Date.now()
  for (let id = 1; id <= pending; id++) {
    insertEvent.run(id, `fp_upload_${id}`, 'fp.upload', firstMs, Buffer.from(JSON.stringify(event(id))))
    insertDelivery.run(id, id, firstMs, firstMs + 6 * HOUR_MS + id, firstMs)
    insertAttempt.run(id, firstMs, firstMs + 20)
  }
  const dueMs = Date.now() + LEAD_MS
  const setDue = database.prepare('UPDATE deliveries SET due_at = ? WHERE seq = ?')
  for (let id = 1; id <= due; id++) setDue.run(dueMs + Math.floor(id * seconds * 1000 / due), id)
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}
