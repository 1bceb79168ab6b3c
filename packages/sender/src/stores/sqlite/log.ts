import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { DELIVERY_ORIGINS, DELIVERY_STATES, type Attempt, type AttemptOutcome, type AttemptTimings, type Delivery, type DeliveryFilter, type DeliveryState, type DeliveryWithAttempts, type StoredEvent } from '../delivery-store.ts'

const COLUMNS = `d.seq, e.id AS eventId, e.action, p.id AS endpointId, d.origin, d.series, d.state, d.attempts_made AS attemptsMade,
  d.created_at AS createdAt, d.first_attempt_at AS firstAttemptAt, d.due_at AS dueAt`
const FROM = 'FROM deliveries d JOIN events e ON e.seq = d.event_seq JOIN endpoints p ON p.seq = d.endpoint_seq'

/** Written out, so that SQLite sees which of the small indexes holds these rows. */
const IN_STATE = {
  pending: 'd.state < 2 AND d.state = 0',
  inFlight: 'd.state < 2 AND d.state = 1',
  delivered: 'd.state = 2',
  exhausted: 'd.state = 3',
  cancelled: 'd.state = 4'
} as const satisfies Record<DeliveryState, string>

interface DeliveryRow {
  seq: number
  eventId: string
  action: string
  endpointId: string
  origin: number
  series: number
  state: number
  attemptsMade: number
  createdAt: number
  firstAttemptAt: number | null
  dueAt: number | null
}

interface AttemptRow {
  number: number
  run: number
  started_at: number
  ended_at: number | null
  outcome: AttemptOutcome | null
  status: number | null
  error: string | null
  location: string | null
  remote_address: string | null
  timings: string | null
  response_body: Uint8Array | null
}

/** What the log answers; reads only. */
export class SqliteLog {
  readonly #database: DatabaseSync

  constructor (database: DatabaseSync) {
    this.#database = database
  }

  deliveries (filter: DeliveryFilter): Delivery[] {
    const conditions: string[] = []
    const values: SQLInputValue[] = []
    const where = (condition: string, value: SQLInputValue | undefined): void => {
      if (value === undefined) return
      conditions.push(condition)
      values.push(value)
    }
    if (filter.state) conditions.push(IN_STATE[filter.state])
    where('p.id = ?', filter.endpointId)
    where('e.id = ?', filter.eventId)
    where('d.created_at >= ?', filter.sinceMs)
    where('d.seq < ?', filter.after)
    const filters = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
    const rows = this.#database.prepare(`SELECT ${COLUMNS} ${FROM} ${filters} ORDER BY d.seq DESC LIMIT ?`).all(...values, filter.limit)
    return (rows as unknown as DeliveryRow[]).map(toDelivery)
  }

  delivery (deliveryId: string): DeliveryWithAttempts | undefined {
    const row = this.#database.prepare(`SELECT ${COLUMNS} ${FROM} WHERE d.seq = ?`).get(deliveryId) as DeliveryRow | undefined
    if (!row) return undefined
    const attempts = this.#database.prepare('SELECT * FROM attempts WHERE delivery_seq = ? ORDER BY number, run').all(row.seq)
    return { ...toDelivery(row), attempts: (attempts as unknown as AttemptRow[]).map(toAttempt) }
  }

  event (eventId: string): StoredEvent | undefined {
    return this.#database.prepare('SELECT id, action, body, created_at AS createdAtMs FROM events WHERE id = ?').get(eventId) as StoredEvent | undefined
  }

  counts (): Record<DeliveryState, number> {
    const rows = this.#database.prepare('SELECT state, count(*) AS count FROM deliveries GROUP BY state').all() as Array<{ state: number, count: number }>
    const counts: Record<DeliveryState, number> = { pending: 0, inFlight: 0, delivered: 0, exhausted: 0, cancelled: 0 }
    for (const { state, count } of rows) counts[DELIVERY_STATES[state] ?? 'cancelled'] = count
    return counts
  }
}

function toDelivery (row: DeliveryRow): Delivery {
  return {
    id: String(row.seq),
    eventId: row.eventId,
    action: row.action,
    endpointId: row.endpointId,
    origin: DELIVERY_ORIGINS[row.origin] ?? 'event',
    series: row.series,
    state: DELIVERY_STATES[row.state] ?? 'cancelled',
    attemptsMade: row.attemptsMade,
    createdAtMs: row.createdAt,
    firstAttemptAtMs: row.firstAttemptAt ?? undefined,
    dueAtMs: row.dueAt ?? undefined
  }
}

function toAttempt (row: AttemptRow): Attempt {
  const started = { number: row.number, run: row.run, startedAtMs: row.started_at }
  if (row.ended_at === null || row.outcome === null) return started
  return {
    ...started,
    endedAtMs: row.ended_at,
    outcome: row.outcome,
    status: row.status ?? undefined,
    error: row.error ?? undefined,
    location: row.location ?? undefined,
    remoteAddress: row.remote_address ?? undefined,
    timings: row.timings === null ? undefined : JSON.parse(row.timings) as AttemptTimings,
    responseBody: row.response_body ?? undefined
  }
}
