// One of several receivers on one PostgreSQL, to be killed: counts each handled event as a row, in the transaction of its claim.
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import pg, { type PoolClient } from 'pg'
import { createReceiver, postgresIdempotency } from '../../src/index.ts'
import { webhookReceiver } from '../../src/fastify.ts'
import { TEST_SECRET } from '../../src/testing.ts'

const [connectionString] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString, max: 8 })
pool.on('error', () => {})

const receiver = createReceiver<PoolClient>({
  secrets: TEST_SECRET,
  idempotency: postgresIdempotency<PoolClient>({ pool, transactional: true }),
  // Short, so that the events of a killed process come free while the test still runs.
  limits: { leaseMs: 1500 },
  on: {
    'fp.upload': async ({ id }, { transaction }) => { await transaction.query('INSERT INTO effects (event_id) VALUES ($1)', [id]) }
  }
})

const app = Fastify({ forceCloseConnections: true })
await app.register(webhookReceiver, { url: '/hooks', receiver })
await app.listen({ host: '127.0.0.1', port: 0 })
// Whoever started it is gone, perhaps killed: nobody else would end it.
const end = (): void => process.exit()
process.once('disconnect', end)
process.send?.({ port: (app.server.address() as AddressInfo).port }, undefined, undefined, (error: Error | null) => { if (error !== null) end() })
