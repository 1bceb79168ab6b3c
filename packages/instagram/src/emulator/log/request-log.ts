import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HOST_PREFIX, type HostName } from '../hosts.ts'
import type { World } from '../model/world.ts'
import { parametersOf } from '../graph/parameters.ts'

/** One call that reached the emulator. Tokens, secrets and codes are masked. */
export interface LoggedRequest {
  atMs: number
  host: HostName
  method: string
  /** Below the host's base URL, without query. */
  path: string
  parameters: Record<string, string>
  /** How the token came, if one did. */
  tokenIn: 'query' | 'header' | 'body' | 'nowhere'
  /** 0 when a planned failure left the call without an answer. */
  status: number
}

const SECRET = new Set(['access_token', 'client_secret', 'code', 'signed_request', 'state', 'fb_exchange_token', 'appsecret_proof', 'oh'])
const KEPT = 10_000

/** The calls that arrived, oldest first. */
export interface RequestLog {
  add: (entry: LoggedRequest) => void
  entries: () => readonly LoggedRequest[]
  clear: () => void
}

/** Keeps the newest 10,000 calls. */
export function createRequestLog (): RequestLog {
  let entries: LoggedRequest[] = []
  return {
    add: entry => {
      entries.push(entry)
      if (entries.length > KEPT * 1.1) entries = entries.slice(-KEPT)
    },
    entries: () => entries,
    clear: () => { entries = [] }
  }
}

/** Logs every call to one host. Register on the scope of that host, before its routes. */
export function addLogHook (scope: FastifyInstance, world: World, host: HostName): void {
  scope.addHook('onResponse', async (request, reply) => { logCall(world, host, request, reply.statusCode) })
}

/** Logs one call; for those that get no answer, which no hook sees. */
export function logCall (world: World, host: HostName, request: FastifyRequest, status: number): void {
  world.log.add({
    atMs: world.clock.now(),
    host,
    method: request.method,
    path: (request.url.split('?')[0] ?? '').slice(HOST_PREFIX[host].length),
    parameters: Object.fromEntries(Object.entries(parametersOf(request)).map(([name, value]) => [name, SECRET.has(name) ? mask(value) : value])),
    tokenIn: tokenPlace(request),
    status
  })
}

/** Enough to tell two values apart, too little to use one. */
function mask (value: string): string {
  return `${value.slice(0, 4)}…(${value.length})`
}

function tokenPlace (request: FastifyRequest): LoggedRequest['tokenIn'] {
  const query = new URLSearchParams(request.url.split('?')[1] ?? '')
  if (query.has('access_token')) return 'query'
  if (request.headers.authorization !== undefined) return 'header'
  return parametersOf(request).access_token === undefined ? 'nowhere' : 'body'
}
