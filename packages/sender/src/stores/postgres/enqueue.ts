import { DELIVERY_ORIGINS, type Enqueued, type Lease, type NewMessage } from '../delivery-store.ts'
import { SenderError } from '../../errors.ts'
import type { Executor } from './connection.ts'
import type { DueQueue } from './due-queue.ts'
import { leasePending } from './lease.ts'
import { tell } from './news.ts'
import { PENDING, SCHEMA } from './schema.ts'

interface MadeRow {
  id: string
  eventId: string
  endpointId: string
  dueAtMs: number
}

/** Stores events with their deliveries, and tells the nodes but `from`. */
export async function storeMessages (executor: Executor, queue: DueQueue, messages: readonly NewMessage[], from: number): Promise<Enqueued[]> {
  const { made, answers } = await insertMessages(executor, messages)
  const madeByEndpoint = Map.groupBy(made, row => row.endpointId)
  for (const [endpointId, rows] of madeByEndpoint) {
    await queue.put(executor, endpointId, rows.map(({ id, dueAtMs }) => ({ deliveryId: id, isRetry: false, dueAtMs })))
  }
  await tell(executor, from, madeByEndpoint.keys())
  return answers
}

/** Stores an event whose deliveries the caller makes at once: they are never in the queue. */
export async function storeLeased (executor: Executor, message: NewMessage, lease: Lease, node: number): Promise<Enqueued> {
  const { answers: [answer = { isNew: false, deliveryIds: [] }] } = await insertMessages(executor, [message])
  return { ...answer, leased: await leasePending(executor, answer.deliveryIds, lease, node) }
}

async function insertMessages (executor: Executor, messages: readonly NewMessage[]): Promise<{ made: MadeRow[], answers: Enqueued[] }> {
  const endpointSeqs = await lockEndpoints(executor, messages)
  const newIds = await holdEvents(executor, messages)
  const made = await insertDeliveries(executor, messages, endpointSeqs)
  const madeByEvent = Map.groupBy(made, row => row.eventId)
  const answers = messages.map(({ id }) => {
    // When one id is stored twice in one group, the first of the two has made it.
    const deliveryIds = (madeByEvent.get(id) ?? []).map(row => row.id)
    madeByEvent.delete(id)
    return { isNew: newIds.delete(id), deliveryIds }
  })
  return { made, answers }
}

/** Holds the endpoints in place until the commit. One that another node has removed meanwhile is left out. */
async function lockEndpoints (executor: Executor, messages: readonly NewMessage[]): Promise<Map<string, string>> {
  const ids = [...new Set(messages.flatMap(message => message.endpointIds))]
  const rows = await executor.rows<{ id: string, seq: string, isRemoved: boolean }>(
    `SELECT id, seq::text, record IS NULL AS "isRemoved" FROM ${SCHEMA}.endpoints WHERE id = ANY ($1::text[]) ORDER BY seq FOR KEY SHARE`, [ids])
  const unknown = ids.find(id => !rows.some(row => row.id === id))
  if (unknown !== undefined) throw new SenderError('SENDER_NOT_FOUND', `no endpoint has the id ${unknown}`)
  return new Map(rows.filter(row => !row.isRemoved).map(({ id, seq }) => [id, seq]))
}

/** Stores those that are new and holds those that are known, so that none is forgotten before the commit. @returns the new ids */
async function holdEvents (executor: Executor, messages: readonly NewMessage[]): Promise<Set<string>> {
  const newIds = new Set<string>()
  for (let missing = messages; missing.length > 0;) {
    for (const id of await insertEvents(executor, missing)) newIds.add(id)
    const known = missing.filter(({ id }) => !newIds.has(id))
    if (known.length === 0) break
    const held = await executor.rows<{ id: string }>(
      `SELECT id FROM ${SCHEMA}.events WHERE id = ANY ($1::text[]) ORDER BY id FOR KEY SHARE`, [known.map(({ id }) => id)])
    missing = known.filter(({ id }) => !held.some(row => row.id === id))
  }
  return newIds
}

async function insertEvents (executor: Executor, messages: readonly NewMessage[]): Promise<string[]> {
  // Sorted, so that two nodes that store the same events wait for each other in one order.
  const events = [...messages].sort((left, right) => left.id < right.id ? -1 : 1)
    .map(({ id, action, createdAtMs, body }) => ({ id, action, createdAtMs, body: Buffer.from(body).toString('base64') }))
  const rows = await executor.rows<{ id: string }>(`
    INSERT INTO ${SCHEMA}.events (id, action, created_at, body) SELECT id, action, "createdAtMs", decode(body, 'base64')
    FROM json_to_recordset($1::text::json) AS g (id text, action text, "createdAtMs" bigint, body text)
    ON CONFLICT (id) DO NOTHING RETURNING id`, [JSON.stringify(events)])
  return rows.map(({ id }) => id)
}

async function insertDeliveries (executor: Executor, messages: readonly NewMessage[], endpointSeqs: Map<string, string>): Promise<MadeRow[]> {
  const wanted = messages.flatMap(({ id, createdAtMs, origin = 'event', endpointIds }) => endpointIds.flatMap(endpointId => {
    const endpoint = endpointSeqs.get(endpointId)
    return endpoint === undefined ? [] : [{ id, endpoint, origin: DELIVERY_ORIGINS.indexOf(origin), at: createdAtMs }]
  }))
  if (wanted.length === 0) return []
  return await executor.rows<MadeRow>(`
    WITH made AS (
      INSERT INTO ${SCHEMA}.deliveries (event_seq, endpoint_seq, series, origin, state, created_at, due_at)
      SELECT e.seq, g.endpoint, 0, g.origin, ${PENDING}, g.at, g.at
      FROM json_to_recordset($1::text::json) AS g (id text, endpoint bigint, origin smallint, at bigint) JOIN ${SCHEMA}.events e ON e.id = g.id
      ORDER BY e.seq
      ON CONFLICT (event_seq, endpoint_seq, series) DO NOTHING RETURNING seq, event_seq, endpoint_seq, due_at
    )
    SELECT made.seq::text AS id, e.id AS "eventId", p.id AS "endpointId", made.due_at::float8 AS "dueAtMs" FROM made
    JOIN ${SCHEMA}.events e ON e.seq = made.event_seq JOIN ${SCHEMA}.endpoints p ON p.seq = made.endpoint_seq ORDER BY made.seq`,
  [JSON.stringify(wanted)])
}
