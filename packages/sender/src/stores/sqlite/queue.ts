import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { DELIVERY_ORIGINS, type Claim, type ClaimRequest, type Enqueued, type EnqueueOptions, type InterruptedDelivery, type Lease, type LeasedDelivery, type NewMessage, type Settlement } from '../delivery-store.ts'
import { takeTokens } from '../../rate.ts'
import type { EndpointTable } from './endpoint-table.ts'
import { DELIVERED, EXHAUSTED, PENDING } from './schema.ts'

const STATE_OF = { delivered: DELIVERED, exhausted: EXHAUSTED, pending: PENDING } as const

const LEASED_COLUMNS = `d.seq, e.id AS eventId, e.action, d.origin, d.attempts_made AS attemptsMade, d.runs,
  d.due_at AS dueAt, d.first_attempt_at AS firstAttemptAt`

interface LeasableRow {
  seq: number
  eventId: string
  action: string
  origin: number
  attemptsMade: number
  runs: number
  dueAt: number
  firstAttemptAt: number | null
  body: Uint8Array
}

/** The statements a delivery passes through. Every function here runs inside the caller's transaction. */
export class SqliteQueue {
  readonly #endpoints: EndpointTable
  readonly #statements
  #lastFence: number

  /** @param epoch - grows with each opening of the file, and with it every fence */
  constructor (database: DatabaseSync, endpoints: EndpointTable, epoch: number) {
    this.#endpoints = endpoints
    this.#statements = prepareStatements(database)
    this.#lastFence = epoch * 2 ** 32
  }

  enqueue (message: NewMessage, { lease }: EnqueueOptions = {}): Enqueued {
    const { insertEvent, eventSeq } = this.#statements
    const { changes, lastInsertRowid } = insertEvent.run(message.id, message.action, message.createdAtMs, message.body)
    const isNew = changes === 1
    const seq = isNew ? lastInsertRowid : (eventSeq.get(message.id) as { seq: number }).seq
    const origin = DELIVERY_ORIGINS.indexOf(message.origin ?? 'event')
    const deliveryIds: string[] = []
    const leased: LeasedDelivery[] = []
    for (const endpointId of message.endpointIds) {
      const endpoint = this.#endpoints.find(endpointId)
      const made = this.#statements.insertDelivery.run(seq, endpoint.seq, origin, endpoint.isOrdered, message.createdAtMs, message.createdAtMs)
      if (made.changes === 0) continue
      deliveryIds.push(String(made.lastInsertRowid))
      if (lease) leased.push(this.#lease(this.#statements.pendingById.get(made.lastInsertRowid) as unknown as LeasableRow, endpointId, lease))
    }
    return lease ? { isNew, deliveryIds, leased } : { isNew, deliveryIds }
  }

  claim (request: ClaimRequest): Claim {
    const endpoint = this.#endpoints.tryFind(request.endpointId)?.seq
    if (endpoint === undefined) return { deliveries: [], nextFirstAttemptAtMs: undefined, nextRetryAtMs: undefined }
    const wanted = request.isOrdered ? 1 : request.firstAttempts + request.retries
    const grant = this.#grant(request, endpoint, wanted)
    const rows = request.isOrdered
      ? this.#oldest(endpoint, request.nowMs, grant.granted)
      : this.#due(endpoint, request, grant.granted)
    const deliveries = rows.map(row => this.#lease(row, request.endpointId, request))
    if (request.rate) this.#spend(request, endpoint, deliveries.length)
    return { deliveries, ...this.#next(endpoint, request, grant.granted < wanted ? grant.nextAtMs : 0) }
  }

  settle ({ deliveryId, fence, attempt, run, closed, next }: Settlement): boolean {
    const isRepeat = next.state === 'pending' && next.isRepeat === true
    const { changes } = this.#statements.moveOn.run(
      STATE_OF[next.state], isRepeat ? attempt - 1 : attempt, isRepeat ? run + 1 : 0,
      next.state === 'pending' ? next.dueAtMs : null, deliveryId, fence)
    if (changes === 0) return false
    this.#statements.closeAttempt.run(
      closed.endedAtMs, closed.outcome, closed.status ?? null, closed.error ?? null, closed.location ?? null,
      closed.remoteAddress ?? null, closed.timings ? JSON.stringify(closed.timings) : null, closed.responseBody ?? null,
      deliveryId, attempt, run)
    return true
  }

  takeInterrupted (lease: Lease, limit: number, isOwnerGone: boolean): InterruptedDelivery[] {
    const rows = this.#statements.leaseEnded.all(isOwnerGone ? Number.MAX_SAFE_INTEGER : lease.nowMs, limit) as unknown as Array<Omit<LeasableRow, 'body'> & { endpointId: string }>
    return rows.map(row => {
      const fence = ++this.#lastFence
      this.#statements.lease.run(fence, lease.untilMs, row.firstAttemptAt, row.seq)
      const { startedAt } = this.#statements.openAttempt.get(row.seq, row.attemptsMade + 1, row.runs) as { startedAt: number }
      return leased(row, row.endpointId, fence, startedAt)
    })
  }

  #due (endpoint: number, request: ClaimRequest, granted: number): LeasableRow[] {
    const { dueByKind } = this.#statements
    const first = request.firstAttempts > 0 ? dueByKind.all(endpoint, 0, request.nowMs, Math.min(request.firstAttempts, granted)) : []
    const left = Math.min(request.retries, granted - first.length)
    const retries = left > 0 ? dueByKind.all(endpoint, 1, request.nowMs, left) : []
    return [...first, ...retries] as unknown as LeasableRow[]
  }

  #oldest (endpoint: number, nowMs: number, granted: number): LeasableRow[] {
    if (granted === 0) return []
    const row = this.#statements.oldestUnfinished.get(endpoint) as LeasableRow & { state: number } | undefined
    return row && row.state === PENDING && row.dueAt <= nowMs ? [row] : []
  }

  #lease (row: LeasableRow, endpointId: string, lease: Lease): LeasedDelivery {
    const fence = ++this.#lastFence
    const delivery = { ...leased(row, endpointId, fence, lease.nowMs), body: row.body }
    this.#statements.lease.run(fence, lease.untilMs, delivery.firstAttemptAtMs, row.seq)
    this.#statements.startAttempt.run(row.seq, delivery.attempt, delivery.run, lease.nowMs)
    return delivery
  }

  #grant ({ rate, nowMs }: ClaimRequest, endpoint: number, wanted: number): { granted: number, nextAtMs: number } {
    return rate ? takeTokens(rate, this.#rateFullAt(endpoint), nowMs, wanted) : { granted: wanted, nextAtMs: nowMs }
  }

  #spend ({ rate, nowMs }: ClaimRequest, endpoint: number, spent: number): void {
    if (!rate || spent === 0) return
    this.#statements.setRate.run(takeTokens(rate, this.#rateFullAt(endpoint), nowMs, spent).fullAtMs, endpoint)
  }

  #rateFullAt (endpoint: number): number {
    return (this.#statements.rate.get(endpoint) as { fullAt: number }).fullAt
  }

  #next (endpoint: number, request: ClaimRequest, notBeforeMs: number): Pick<Claim, 'nextFirstAttemptAtMs' | 'nextRetryAtMs'> {
    if (request.isOrdered) {
      const row = this.#statements.oldestUnfinished.get(endpoint) as LeasableRow & { state: number } | undefined
      const dueAt = row?.state === PENDING ? Math.max(row.dueAt, notBeforeMs) : undefined
      return { nextFirstAttemptAtMs: dueAt, nextRetryAtMs: dueAt }
    }
    return { nextFirstAttemptAtMs: this.#nextOfKind(endpoint, 0, notBeforeMs), nextRetryAtMs: this.#nextOfKind(endpoint, 1, notBeforeMs) }
  }

  #nextOfKind (endpoint: number, kind: 0 | 1, notBeforeMs: number): number | undefined {
    const { dueAt } = this.#statements.nextDue.get(endpoint, kind) as { dueAt: number | null }
    return dueAt === null ? undefined : Math.max(dueAt, notBeforeMs)
  }
}

function leased (row: Omit<LeasableRow, 'body'>, endpointId: string, fence: number, startedAtMs: number): InterruptedDelivery {
  return {
    id: String(row.seq),
    endpointId,
    eventId: row.eventId,
    action: row.action,
    origin: DELIVERY_ORIGINS[row.origin] ?? 'event',
    fence,
    attempt: row.attemptsMade + 1,
    run: row.runs,
    dueAtMs: row.dueAt,
    startedAtMs,
    firstAttemptAtMs: row.firstAttemptAt ?? startedAtMs
  }
}

function prepareStatements (database: DatabaseSync): Record<StatementName, StatementSync> {
  const joined = 'FROM deliveries d JOIN events e ON e.seq = d.event_seq'
  return {
    insertEvent: database.prepare('INSERT INTO events (id, action, created_at, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING'),
    eventSeq: database.prepare('SELECT seq FROM events WHERE id = ?'),
    insertDelivery: database.prepare(`INSERT INTO deliveries (event_seq, endpoint_seq, series, origin, state, is_ordered, created_at, due_at)
      VALUES (?, ?, 0, ?, 0, ?, ?, ?) ON CONFLICT DO NOTHING`),
    dueByKind: database.prepare(`SELECT ${LEASED_COLUMNS}, e.body ${joined}
      WHERE d.endpoint_seq = ? AND (d.attempts_made > 0) = ? AND d.state = 0 AND d.due_at <= ? ORDER BY d.due_at LIMIT ?`),
    oldestUnfinished: database.prepare(`SELECT ${LEASED_COLUMNS}, e.body, d.state ${joined}
      WHERE d.endpoint_seq = ? AND d.state < 2 AND d.is_ordered = 1 ORDER BY d.seq LIMIT 1`),
    pendingById: database.prepare(`SELECT ${LEASED_COLUMNS}, e.body ${joined} WHERE d.seq = ? AND d.state = 0`),
    leaseEnded: database.prepare(`SELECT ${LEASED_COLUMNS}, p.id AS endpointId ${joined} JOIN endpoints p ON p.seq = d.endpoint_seq
      WHERE d.state = 1 AND d.lease_until <= ? LIMIT ?`),
    nextDue: database.prepare('SELECT min(due_at) AS dueAt FROM deliveries WHERE endpoint_seq = ? AND (attempts_made > 0) = ? AND state = 0'),
    lease: database.prepare('UPDATE deliveries SET state = 1, fence = ?, lease_until = ?, first_attempt_at = ? WHERE seq = ?'),
    startAttempt: database.prepare('INSERT INTO attempts (delivery_seq, number, run, started_at) VALUES (?, ?, ?, ?)'),
    openAttempt: database.prepare('SELECT started_at AS startedAt FROM attempts WHERE delivery_seq = ? AND number = ? AND run = ?'),
    closeAttempt: database.prepare(`UPDATE attempts SET ended_at = ?, outcome = ?, status = ?, error = ?, location = ?, remote_address = ?,
      timings = ?, response_body = ? WHERE delivery_seq = ? AND number = ? AND run = ?`),
    moveOn: database.prepare(`UPDATE deliveries SET state = ?, attempts_made = ?, runs = ?, due_at = ?, lease_until = NULL
      WHERE seq = ? AND state = 1 AND fence = ?`),
    rate: database.prepare('SELECT rate_full_at AS fullAt FROM endpoints WHERE seq = ?'),
    setRate: database.prepare('UPDATE endpoints SET rate_full_at = ? WHERE seq = ?')
  }
}

type StatementName = 'insertEvent' | 'eventSeq' | 'insertDelivery' | 'dueByKind' | 'oldestUnfinished' | 'pendingById' | 'leaseEnded' |
  'nextDue' | 'lease' | 'startAttempt' | 'openAttempt' | 'closeAttempt' | 'moveOn' | 'rate' | 'setRate'
