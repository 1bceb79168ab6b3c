import { EventEmitter, once } from 'node:events'

const MOST_STREAMS_PER_SESSION = 3

/** Wakes the streams of this process when a sign-in ends; other nodes notice by looking into the database. */
export interface SignInNews {
  tell (ticketHash: string): void
  /** Resolves at news of this ticket, after the time, or when the signal aborts. Never rejects. */
  next (ticketHash: string, waitMs: number, signal: AbortSignal): Promise<void>
  /**
   * Admits a stream of a session and ends the session's oldest one when there are more than three: a browser has six connections to a
   * server over HTTP/1.1, and the sign-in windows need some of them.
   */
  admit (sessionId: string): AbortController & Disposable
  close (): void
}

export function createSignInNews (): SignInNews {
  const emitter = new EventEmitter().setMaxListeners(0)
  const closing = new AbortController()
  const streams = new Map<string, AbortController[]>()

  return {
    tell: ticketHash => { emitter.emit(ticketHash) },
    async next (ticketHash, waitMs, signal) {
      const ended = AbortSignal.any([signal, closing.signal, AbortSignal.timeout(waitMs)])
      await once(emitter, ticketHash, { signal: ended }).catch(() => {})
    },
    admit (sessionId) {
      const stream = new AbortController()
      const open = [...streams.get(sessionId) ?? [], stream]
      if (open.length > MOST_STREAMS_PER_SESSION) open.shift()?.abort()
      streams.set(sessionId, open)
      closing.signal.addEventListener('abort', () => stream.abort(), { once: true, signal: stream.signal })
      return Object.assign(stream, {
        [Symbol.dispose]: () => {
          stream.abort()
          const left = (streams.get(sessionId) ?? []).filter(other => other !== stream)
          if (left.length === 0) streams.delete(sessionId)
          else streams.set(sessionId, left)
        }
      })
    },
    close: () => closing.abort()
  }
}
