import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createSender } from '../sender.ts'
import { createSenderServer } from '../server/server.ts'
import { isPostgres } from '../stores/open-store.ts'
import { localApi, remoteApi, type Api } from './api.ts'
import { CliError, EXIT, usage } from './exit.ts'
import { readHandover } from './handover.ts'
import type { Settings } from './settings.ts'

export interface ConnectOptions {
  /** Make the SQLite file when it is not there. @defaultValue false */
  mayCreate?: boolean
}

/**
 * Finds the sender: the server that was named; else the server that holds the SQLite file; else the database itself,
 * which is then changed and read, but not delivered from.
 *
 * @throws {CliError} CLI_USAGE, CLI_DATABASE_MISSING, and those of the database
 */
export async function connect (settings: Settings, { mayCreate = false }: ConnectOptions = {}): Promise<Api> {
  const { server, token: [token], database } = settings
  if (server !== undefined) {
    if (token === undefined) throw usage('a server asks for a token: give --token or CONTACTSHEET_SENDER_TOKEN')
    if (!URL.canParse(server)) throw usage(`--server must be an address such as http://127.0.0.1:4280, got ${JSON.stringify(server)}`)
    return remoteApi(server, token)
  }
  if (isPostgres(database)) return await openLocally(settings)
  const holder = await holderOf(database)
  if (holder) return holder
  if (!mayCreate && !existsSync(database)) {
    throw new CliError(EXIT.unreachable, 'CLI_DATABASE_MISSING', `there is no database ${database}: name another with --database, or a running server with --server`)
  }
  return await openLocally(settings)
}

export function isFile (database: string): boolean {
  return database !== ':memory:' && !isPostgres(database)
}

/** Connects, works, and closes whatever comes. */
export async function withApi<Value> (settings: Settings, work: (api: Api) => Promise<Value>, options?: ConnectOptions): Promise<Value> {
  const api = await connect(settings, options)
  try {
    return await work(api)
  } finally {
    await api.close()
  }
}

/** The server that says it holds this file, if it still answers. */
async function holderOf (database: string): Promise<Api | undefined> {
  const handover = await readHandover(database)
  if (!handover) return undefined
  const isThere = await fetch(new URL('health', `${handover.url}/`), { signal: AbortSignal.timeout(2_000) }).then(({ ok }) => ok, () => false)
  return isThere ? remoteApi(handover.url, handover.token) : undefined
}

async function openLocally ({ database, secrets, allow }: Settings): Promise<Api> {
  const sender = createSender({ database, secrets, allow, deliver: false })
  await sender.start()
  const token = randomBytes(24).toString('base64url')
  const server = await createSenderServer({ sender, tokens: [token] })
  return localApi(server, token, async () => {
    await server.close()
    await sender.close()
  })
}
