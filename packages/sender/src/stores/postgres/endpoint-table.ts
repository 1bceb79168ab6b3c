import type { EndpointRecord } from '../../endpoint.ts'
import { SenderError } from '../../errors.ts'
import type { PostgresConnection } from './connection.ts'
import type { DueQueue } from './due-queue.ts'
import { tell } from './news.ts'
import { SCHEMA } from './schema.ts'
import { cancelUnfinished } from './upkeep.ts'

const UNIQUE_VIOLATION = '23505'

/** The endpoints, each with its queue in pg-boss. */
export class EndpointTable {
  readonly #connection: PostgresConnection
  readonly #queue: DueQueue
  readonly #node: number

  constructor (connection: PostgresConnection, queue: DueQueue, node: number) {
    this.#connection = connection
    this.#queue = queue
    this.#node = node
  }

  async list (): Promise<EndpointRecord[]> {
    const rows = await this.#connection.rows<{ record: EndpointRecord }>(`SELECT record FROM ${SCHEMA}.endpoints WHERE record IS NOT NULL ORDER BY seq`)
    return rows.map(({ record }) => record)
  }

  async put (record: EndpointRecord, known: EndpointRecord | undefined): Promise<void> {
    await this.#queue.open(record.id)
    const written = await this.#connection.rows(`
      INSERT INTO ${SCHEMA}.endpoints AS stored (id, url, record) VALUES ($1, $2, $3)
      ON CONFLICT (id) DO UPDATE SET url = excluded.url, record = excluded.record WHERE $4::text IS NULL OR stored.record::text = $4
      RETURNING id`, [record.id, record.url, JSON.stringify(record), known && JSON.stringify(known)])
      .catch(error => { throw isUrlTaken(error) ? new SenderError('SENDER_ENDPOINT_EXISTS', `another endpoint has the url ${record.url}`, { cause: error }) : error })
    if (written.length === 0) throw new SenderError('SENDER_ENDPOINT_CHANGED', `another node changed the endpoint ${record.id} at the same moment`)
    await tell(this.#connection, this.#node, [''])
  }

  async remove (endpointId: string): Promise<void> {
    await this.#connection.transaction(async executor => {
      await executor.rows(`SELECT 1 FROM ${SCHEMA}.endpoints WHERE id = $1 FOR UPDATE`, [endpointId])
      await cancelUnfinished(executor, this.#queue, endpointId)
      await executor.rows(`UPDATE ${SCHEMA}.endpoints SET record = NULL, url = NULL WHERE id = $1`, [endpointId])
    })
    await this.#queue.drop(endpointId)
    await tell(this.#connection, this.#node, [''])
  }
}

function isUrlTaken (error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION
}
