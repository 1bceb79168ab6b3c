import { Client, type Dispatcher } from 'undici'
import { openConnection } from './connector.ts'
import { hostOf, type Guard } from './guard.ts'
import { postOnce, type Channel } from './post-once.ts'
import type { Transport, TransportAnswer, TransportRequest } from './transport.ts'

/** How long a connection is kept without a request: shorter than common servers keep it, so that both do not meet in the act of closing. */
const KEEP_ALIVE_MS = 4_000
/** The same, when the receiver itself says how long it keeps it. */
const LONGEST_KEEP_ALIVE_MS = 10_000
/** After that a connection is replaced even when busy, so that a receiver that moved is found by its name again. */
const MAX_AGE_MS = 5 * 60 * 1000
const MAX_HEADER_BYTES = 16 * 1024

export interface UndiciTransportOptions {
  guard: Guard
  /** Replaces the guarded connections: a proxy, mutual TLS, a mock. What it connects to is its own business. */
  dispatcher?: Dispatcher | undefined
  /** Milliseconds for which a connection may be used. @defaultValue 5 minutes */
  maxAgeMs?: number
}

/** Posts over kept connections: one per request under way, never shared between endpoints, each pinned to a checked address. */
export function createUndiciTransport ({ guard, dispatcher, maxAgeMs = MAX_AGE_MS }: UndiciTransportOptions): Transport {
  const idle = new Map<string, GuardedClient[]>()

  async function post (request: TransportRequest): Promise<TransportAnswer> {
    if (dispatcher) return postOnce({ dispatcher }, request)
    const kept = takeMatching(idle.get(request.endpointId), request)
    if (!kept && guard.refusalOfUrl(request.url)) return { error: 'address-refused', timings: { totalMs: 0 } }
    const client = kept ?? createClient(guard, request)
    const answer = await postOnce(client, request)
    keep(request.endpointId, client)
    return answer
  }

  function keep (endpointId: string, client: GuardedClient): void {
    if (performance.now() - client.madeAt >= maxAgeMs) {
      client.dispatcher.destroy()
      return
    }
    const kept = idle.get(endpointId)
    if (kept) kept.push(client)
    else idle.set(endpointId, [client])
  }

  return {
    post,
    async close (endpointId) {
      const closing = endpointId === undefined ? [...idle.values()].flat() : idle.get(endpointId) ?? []
      if (endpointId === undefined) idle.clear()
      else idle.delete(endpointId)
      await Promise.all(closing.map(client => client.dispatcher.destroy()))
    }
  }
}

interface GuardedClient extends Channel {
  dispatcher: Client
  origin: string
  connectTimeoutMs: number
  madeAt: number
}

function takeMatching (kept: GuardedClient[] | undefined, request: TransportRequest): GuardedClient | undefined {
  const client = kept?.pop()
  if (!client || (client.origin === request.url.origin && client.connectTimeoutMs === request.connectTimeoutMs)) return client
  client.dispatcher.destroy()
  return undefined
}

function createClient (guard: Guard, { url, connectTimeoutMs }: TransportRequest): GuardedClient {
  const target = { protocol: url.protocol, hostname: hostOf(url), port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80), timeoutMs: connectTimeoutMs }
  const client: GuardedClient = {
    origin: url.origin,
    connectTimeoutMs,
    madeAt: performance.now(),
    connection: undefined,
    dispatcher: new Client(url.origin, {
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: LONGEST_KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (_options, callback) => openConnection(guard, target, (error, connection) => {
        client.connection = connection && { ...connection, isNew: true }
        if (connection) callback(null, connection.socket)
        else callback(error ?? new Error('no connection'), null)
      })
    })
  }
  return client
}
