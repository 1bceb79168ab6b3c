import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { DELIVERY_ORIGINS, type RecoverRequest, type ResendRequest } from '../delivery-store.ts'
import type { EndpointTable } from './endpoint-table.ts'
import { CANCELLED, DELIVERED, EXHAUSTED, PENDING } from './schema.ts'

const RESEND = DELIVERY_ORIGINS.indexOf('resend')
const RECOVER = DELIVERY_ORIGINS.indexOf('recover')
const PING = DELIVERY_ORIGINS.indexOf('ping')

interface SeriesKey {
  eventSeq: number
  endpointSeq: number
  series: number
  isOrdered: number
}

/** New series, and forgetting. Every function here runs inside the caller's transaction. */
export class SqliteUpkeep {
  readonly #database: DatabaseSync
  readonly #endpoints: EndpointTable

  constructor (database: DatabaseSync, endpoints: EndpointTable) {
    this.#database = database
    this.#endpoints = endpoints
  }

  resend ({ deliveryId, nowMs }: ResendRequest): string | undefined {
    const key = this.#database.prepare(`SELECT event_seq AS eventSeq, endpoint_seq AS endpointSeq, is_ordered AS isOrdered,
      (SELECT max(s.series) FROM deliveries s WHERE s.event_seq = d.event_seq AND s.endpoint_seq = d.endpoint_seq) + 1 AS series
      FROM deliveries d WHERE seq = ?`).get(deliveryId) as SeriesKey | undefined
    return key && this.#insert(key, RESEND, nowMs, nowMs)
  }

  recover (request: RecoverRequest): number {
    const { seq: endpointSeq, isOrdered } = this.#endpoints.find(request.endpointId)
    const places = request.actions.map(() => '?').join(', ')
    const missing = this.#database.prepare(`
      SELECT e.seq AS eventSeq, coalesce((SELECT max(d.series) + 1 FROM deliveries d WHERE d.event_seq = e.seq AND d.endpoint_seq = :endpoint), 0) AS series
      FROM events e
      WHERE e.created_at >= :since AND (e.action IN (${places}) OR EXISTS (SELECT 1 FROM deliveries d WHERE d.event_seq = e.seq AND d.endpoint_seq = :endpoint))
        AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.event_seq = e.seq AND d.endpoint_seq = :endpoint
          AND (d.state NOT IN (${EXHAUSTED}, ${CANCELLED}) OR d.origin = ${PING}))
      ORDER BY e.seq`).all({ endpoint: endpointSeq, since: request.sinceMs }, ...request.actions)
    for (const [index, row] of (missing as Array<{ eventSeq: number, series: number }>).entries()) {
      this.#insert({ ...row, endpointSeq, isOrdered }, RECOVER, request.nowMs, request.nowMs + Math.round(index * request.spacingMs))
    }
    return missing.length
  }

  /** What waits, and what is under way: its settlement will find it cancelled. */
  cancelUnfinished (endpointSeq: number): void {
    this.#run(`UPDATE deliveries SET state = ${CANCELLED}, due_at = NULL WHERE endpoint_seq = ? AND state < ${DELIVERED}`, endpointSeq)
  }

  erase (eventId: string): boolean {
    const event = this.#database.prepare('SELECT seq FROM events WHERE id = ?').get(eventId) as { seq: number } | undefined
    if (!event) return false
    this.#forget(event.seq)
    return true
  }

  prune (beforeMs: number, limit: number): number {
    const old = this.#database.prepare(`SELECT seq FROM events e WHERE created_at < ?
      AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.event_seq = e.seq AND d.state < ${DELIVERED}) LIMIT ?`).all(beforeMs, limit) as Array<{ seq: number }>
    for (const { seq } of old) this.#forget(seq)
    return old.length
  }

  #forget (eventSeq: number): void {
    this.#run('DELETE FROM attempts WHERE delivery_seq IN (SELECT seq FROM deliveries WHERE event_seq = ?)', eventSeq)
    this.#run('DELETE FROM deliveries WHERE event_seq = ?', eventSeq)
    this.#run('DELETE FROM events WHERE seq = ?', eventSeq)
  }

  #insert (key: SeriesKey, origin: number, createdAtMs: number, dueAtMs: number): string {
    const { lastInsertRowid } = this.#run(`INSERT INTO deliveries (event_seq, endpoint_seq, series, origin, state, is_ordered, created_at, due_at)
      VALUES (?, ?, ?, ?, ${PENDING}, ?, ?, ?)`, key.eventSeq, key.endpointSeq, key.series, origin, key.isOrdered, createdAtMs, dueAtMs)
    return String(lastInsertRowid)
  }

  #run (sql: string, ...values: SQLInputValue[]): { lastInsertRowid: number | bigint } {
    return this.#database.prepare(sql).run(...values)
  }
}
