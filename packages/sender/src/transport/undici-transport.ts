import { Client, type Dispatcher } from 'undici'
import { openConnection, type Connection } from './connector.ts'
import { hostOf, type Guard } from './guard.ts'
import { postOnce, type Channel } from './post-once.ts'
import type { Transport, TransportAnswer, TransportRequest } from './transport.ts'

/** A receiver may keep a connection open for this long between two deliveries. */
const KEEP_ALIVE_MS = 10_000
const MAX_HEADER_BYTES = 16 * 1024

export interface UndiciTransportOptions {
  guard: Guard
  /** Replaces the guarded connections: a proxy, mutual TLS, a mock. What it connects to is its own business. */
  dispatcher?: Dispatcher | undefined
}

/** Posts over kept connections: one per request under way, never shared between endpoints, each pinned to a checked address. */
export function createUndiciTransport ({ guard, dispatcher }: UndiciTransportOptions): Transport {
  const idle = new Map<string, GuardedClient[]>()

  async function post (request: TransportRequest): Promise<TransportAnswer> {
    if (dispatcher) return postOnce({ dispatcher }, request)
    const refusal = guard.refusalOfUrl(request.url)
    if (refusal) return { error: 'address-refused', timings: { totalMs: 0 } }
    const kept = idle.get(request.endpointId)
    const client = takeMatching(kept, request) ?? createClient(guard, request)
    const answer = await postOnce(client, request)
    if (client.dispatcher.destroyed) return answer
    if (kept) kept.push(client)
    else idle.set(request.endpointId, [client])
    return answer
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
    connection: undefined,
    dispatcher: new Client(url.origin, {
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
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

export type { Connection }
