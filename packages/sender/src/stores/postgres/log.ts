import {
  DELIVERY_ORIGINS, DELIVERY_STATES, type Attempt, type AttemptOutcome, type AttemptTimings, type Delivery, type DeliveryFilter, type DeliveryState,
  type DeliveryWithAttempts, type StoredEvent
} from '../delivery-store.ts'
import type { Executor } from './connection.ts'
import { SCHEMA } from './schema.ts'

const COLUMNS = `d.seq::text AS id, e.id AS "eventId", e.action, p.id AS "endpointId", d.origin, d.series, d.state, d.attempts_made AS "attemptsMade",
  d.created_at::float8 AS "createdAtMs", d.first_attempt_at::float8 AS "firstAttemptAtMs", d.due_at::float8 AS "dueAtMs"`
const FROM = `FROM ${SCHEMA}.deliveries d JOIN ${SCHEMA}.events e ON e.seq = d.event_seq JOIN ${SCHEMA}.endpoints p ON p.seq = d.endpoint_seq`
const DELIVERY_ID = /^\d{1,18}$/

type DeliveryRow = Omit<Delivery, 'origin' | 'state' | 'firstAttemptAtMs' | 'dueAtMs'> & { origin: number, state: number, firstAttemptAtMs: number | null, dueAtMs: number | null }

interface AttemptRow {
  number: number
  run: number
  startedAtMs: number
  endedAtMs: number | null
  outcome: AttemptOutcome | null
  status: number | null
  error: string | null
  location: string | null
  remoteAddress: string | null
  timings: AttemptTimings | null
  responseBody: Buffer | null
}

/** What the log answers; reads only. */
export class PostgresLog {
  readonly #executor: Executor

  constructor (executor: Executor) {
    this.#executor = executor
  }

  async deliveries (filter: DeliveryFilter): Promise<Delivery[]> {
    const conditions: string[] = []
    const values: unknown[] = []
    const where = (condition: string, value: unknown): void => {
      if (value === undefined) return
      values.push(value)
      conditions.push(`${condition} $${values.length}`)
    }
    where('d.state =', filter.state && DELIVERY_STATES.indexOf(filter.state))
    where('p.id =', filter.endpointId)
    where('e.id =', filter.eventId)
    where('d.created_at >=', filter.sinceMs)
    where('d.seq <', filter.after)
    const filters = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
    values.push(filter.limit)
    const rows = await this.#executor.rows<DeliveryRow>(`SELECT ${COLUMNS} ${FROM} ${filters} ORDER BY d.seq DESC LIMIT $${values.length}`, values)
    return rows.map(toDelivery)
  }

  async delivery (deliveryId: string): Promise<DeliveryWithAttempts | undefined> {
    if (!DELIVERY_ID.test(deliveryId)) return undefined
    const [row] = await this.#executor.rows<DeliveryRow>(`SELECT ${COLUMNS} ${FROM} WHERE d.seq = $1`, [deliveryId])
    if (!row) return undefined
    const attempts = await this.#executor.rows<AttemptRow>(`
      SELECT number, run, started_at::float8 AS "startedAtMs", ended_at::float8 AS "endedAtMs", outcome, status, error, location,
        remote_address AS "remoteAddress", timings, response_body AS "responseBody"
      FROM ${SCHEMA}.attempts WHERE delivery_seq = $1 ORDER BY number, run`, [deliveryId])
    return { ...toDelivery(row), attempts: attempts.map(toAttempt) }
  }

  async event (eventId: string): Promise<StoredEvent | undefined> {
    const [row] = await this.#executor.rows<StoredEvent>(
      `SELECT id, action, body, created_at::float8 AS "createdAtMs" FROM ${SCHEMA}.events WHERE id = $1`, [eventId])
    return row
  }

  async counts (): Promise<Record<DeliveryState, number>> {
    const rows = await this.#executor.rows<{ state: number, count: number }>(`SELECT state, count(*)::float8 AS count FROM ${SCHEMA}.deliveries GROUP BY state`)
    const counts: Record<DeliveryState, number> = { pending: 0, inFlight: 0, delivered: 0, exhausted: 0, cancelled: 0 }
    for (const { state, count } of rows) counts[DELIVERY_STATES[state] ?? 'cancelled'] = count
    return counts
  }
}

function toDelivery (row: DeliveryRow): Delivery {
  return {
    ...row,
    origin: DELIVERY_ORIGINS[row.origin] ?? 'event',
    state: DELIVERY_STATES[row.state] ?? 'cancelled',
    firstAttemptAtMs: row.firstAttemptAtMs ?? undefined,
    dueAtMs: row.dueAtMs ?? undefined
  }
}

function toAttempt ({ number, run, startedAtMs, endedAtMs, outcome, ...row }: AttemptRow): Attempt {
  const started = { number, run, startedAtMs }
  if (endedAtMs === null || outcome === null) return started
  return {
    ...started,
    endedAtMs,
    outcome,
    status: row.status ?? undefined,
    error: row.error ?? undefined,
    location: row.location ?? undefined,
    remoteAddress: row.remoteAddress ?? undefined,
    timings: row.timings ?? undefined,
    responseBody: row.responseBody ?? undefined
  }
}
