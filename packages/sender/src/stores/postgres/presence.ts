import type { Client } from 'pg'
import type { Executor } from './connection.ts'
import { CHANNEL, readNews } from './news.ts'
import { IN_FLIGHT, LOCK_CLASS, SCHEMA } from './schema.ts'

const RECONNECT_MS = 1_000
/** In `pg_locks`: a two-part advisory lock of this database, held, of the class $1. */
const IS_NODE_LOCK = `locktype = 'advisory' AND granted AND classid = $1::int::oid AND objsubid = 2
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`

export interface PresenceOptions {
  connect: () => Client
  onError: (error: Error) => void
  /** Something was stored for an endpoint; `undefined`: endpoints changed, or word of changes may have been lost. */
  onNews: (endpointId: string | undefined) => void
}

/**
 * A session of its own that says two things. This node lives: it holds the node's number as an advisory lock, which
 * ends with the session however the process dies, so that the others need not wait for its leases to end. And it
 * listens to what the other nodes store. When it is lost, it is made again.
 */
export class Presence {
  readonly node: number
  readonly #options: PresenceOptions
  #client: Client | undefined
  #again: NodeJS.Timeout | undefined
  #isLeft = false

  private constructor (node: number, options: PresenceOptions) {
    this.node = node
    this.#options = options
  }

  static async enter (executor: Executor, options: PresenceOptions): Promise<Presence> {
    const [row] = await executor.rows<{ node: number }>(`SELECT nextval('${SCHEMA}.nodes')::int AS node`)
    const presence = new Presence(row?.node ?? 0, options)
    try {
      await presence.#connect()
    } catch (error) {
      await presence.leave()
      throw error
    }
    return presence
  }

  async leave (): Promise<void> {
    this.#isLeft = true
    clearTimeout(this.#again)
    await this.#client?.end()
  }

  async #connect (): Promise<void> {
    const client = this.#options.connect()
    client.on('error', this.#options.onError)
    client.on('end', () => this.#lost(client))
    client.on('notification', ({ payload = '' }) => {
      const news = readNews(payload)
      if (news.from !== this.node) this.#options.onNews(news.endpointId)
    })
    this.#client = client
    await client.connect()
    // Of a connection that broke on the way the server may not know yet: its session would keep the lock from us.
    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE ${IS_NODE_LOCK} AND objid = $2::int::oid`, [LOCK_CLASS, this.node])
    await client.query('SELECT pg_advisory_lock($1, $2)', [LOCK_CLASS, this.node])
    await client.query(`LISTEN ${CHANNEL}`)
  }

  #lost (client: Client): void {
    if (this.#isLeft || client !== this.#client) return
    clearTimeout(this.#again)
    this.#again = setTimeout(() => {
      this.#connect().then(() => this.#options.onNews(undefined), error => {
        this.#options.onError(error as Error)
        if (this.#client) this.#lost(this.#client)
      })
    }, RECONNECT_MS)
  }
}

/** Nodes that hold leases and are no longer there. */
export async function goneNodes (executor: Executor, self: number): Promise<number[]> {
  const rows = await executor.rows<{ node: number }>(`
    SELECT node FROM (SELECT DISTINCT node FROM ${SCHEMA}.deliveries WHERE state = ${IN_FLIGHT} AND node <> $2) leasing
    WHERE NOT EXISTS (SELECT 1 FROM pg_locks WHERE ${IS_NODE_LOCK} AND objid = node::oid)`, [LOCK_CLASS, self])
  return rows.map(({ node }) => node)
}
