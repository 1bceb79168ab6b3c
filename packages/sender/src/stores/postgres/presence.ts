import type { Client } from 'pg'
import { LOCK_CLASS, SCHEMA } from './schema.ts'
import type { Executor } from './connection.ts'

/**
 * This node's number, held as an advisory lock by a session of its own. The lock ends with the session, however the
 * process dies; the other nodes see that in `pg_locks` and need not wait for its leases to end.
 */
export interface Presence {
  readonly node: number
  close (): Promise<void>
}

export async function enter (connect: () => Client, onError: (error: Error) => void): Promise<Presence> {
  const client = connect()
  client.on('error', onError)
  await client.connect()
  const { rows: [row] } = await client.query<{ node: number }>(`SELECT nextval('${SCHEMA}.nodes')::int AS node`)
  const node = row?.node ?? 0
  await client.query('SELECT pg_advisory_lock($1, $2)', [LOCK_CLASS, node])
  return { node, close: async () => { await client.end() } }
}

/** Nodes that hold leases and are no longer there. */
export async function goneNodes (executor: Executor, self: number): Promise<number[]> {
  const rows = await executor.rows<{ node: number }>(`
    SELECT node FROM (SELECT DISTINCT node FROM ${SCHEMA}.deliveries WHERE state = 1 AND node <> $2) leasing
    WHERE NOT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = $1::int::oid AND objid = node::oid
      AND objsubid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`, [LOCK_CLASS, self])
  return rows.map(({ node }) => node)
}
