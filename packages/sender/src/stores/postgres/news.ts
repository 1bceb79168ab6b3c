import type { Executor } from './connection.ts'

/** Where nodes tell each other what they stored. */
export const CHANNEL = 'contactsheet_sender'

/** Who tells, when it is no node but a caller's own transaction: then the node that runs it has to hear of it too. */
export const NO_NODE = 0

/** Tells all nodes, once the transaction is committed, that something is due for these endpoints; `''`: endpoints changed. */
export async function tell (executor: Executor, from: number, endpointIds: Iterable<string>): Promise<void> {
  const payloads = Array.from(endpointIds, endpointId => `${from}/${endpointId}`)
  if (payloads.length === 0) return
  await executor.rows('SELECT pg_notify($1, payload) FROM json_array_elements_text($2::text::json) AS told (payload)', [CHANNEL, JSON.stringify(payloads)])
}

/** What `tell` said. */
export function readNews (payload: string): { from: number, endpointId: string | undefined } {
  const slash = payload.indexOf('/')
  return { from: Number(payload.slice(0, slash)), endpointId: payload.slice(slash + 1) || undefined }
}
