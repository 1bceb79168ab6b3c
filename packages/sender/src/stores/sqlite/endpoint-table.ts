import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { EndpointRecord } from '../../endpoint.ts'
import { SenderError } from '../../errors.ts'

/** What the queue's rows need to know of an endpoint. */
export interface EndpointRow {
  seq: number
  isOrdered: number
}

/** The endpoints table. Its writes run inside the caller's transaction. */
export class EndpointTable {
  readonly #database: DatabaseSync
  readonly #byId: StatementSync

  constructor (database: DatabaseSync) {
    this.#database = database
    this.#byId = database.prepare('SELECT seq, is_ordered AS isOrdered FROM endpoints WHERE id = ? AND record IS NOT NULL')
  }

  /** @throws {SenderError} SENDER_NOT_FOUND */
  find (endpointId: string): EndpointRow {
    const found = this.tryFind(endpointId)
    if (!found) throw new SenderError('SENDER_NOT_FOUND', `no endpoint has the id ${endpointId}`)
    return found
  }

  tryFind (endpointId: string): EndpointRow | undefined {
    return this.#byId.get(endpointId) as EndpointRow | undefined
  }

  list (): EndpointRecord[] {
    const rows = this.#database.prepare('SELECT record FROM endpoints WHERE record IS NOT NULL ORDER BY seq').all() as Array<{ record: string }>
    return rows.map(row => JSON.parse(row.record) as EndpointRecord)
  }

  /** @throws {SenderError} SENDER_ENDPOINT_EXISTS */
  put (record: EndpointRecord): void {
    const holder = this.#database.prepare('SELECT id FROM endpoints WHERE url = ?').get(record.url) as { id: string } | undefined
    if (holder && holder.id !== record.id) throw new SenderError('SENDER_ENDPOINT_EXISTS', `another endpoint has the url ${record.url}`)
    const isOrdered = record.isOrdered ? 1 : 0
    const before = this.tryFind(record.id)
    this.#database.prepare(`INSERT INTO endpoints (id, url, is_ordered, record) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET url = excluded.url, is_ordered = excluded.is_ordered, record = excluded.record`)
      .run(record.id, record.url, isOrdered, JSON.stringify(record))
    if (before && before.isOrdered !== isOrdered) {
      this.#database.prepare('UPDATE deliveries SET is_ordered = ? WHERE endpoint_seq = ? AND state < 2').run(isOrdered, before.seq)
    }
  }

  remove (endpointId: string): void {
    this.#database.prepare('UPDATE endpoints SET url = NULL, record = NULL WHERE id = ? AND record IS NOT NULL').run(endpointId)
  }
}
