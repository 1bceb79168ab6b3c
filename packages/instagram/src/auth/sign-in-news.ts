import { EventEmitter } from 'node:events'

const MOST_STREAMS_PER_SESSION = 3

/** One stream of a dialog: aborts when the dialog leaves, when the session opens too many, or when the server closes. */
export type SignInStream = AbortSignal

/** Wakes the streams of this process when a sign-in ends; other nodes notice by looking into the database. */
export interface SignInNews {
  tell (ticketHash: string): void
  /** Resolves at news of this ticket, after the time, or when the stream ends. Never rejects. */
  next (ticketHash: string, waitMs: number, stream: SignInStream): Promise<void>
  /**
   * Admits a stream until `left` aborts, and ends the session's oldest one when there are more than three: a browser has six connections
   * to a server over HTTP/1.1, and the sign-in windows need some of them.
   */
  admit (sessionId: string, left: AbortSignal): SignInStream
  close (): void
}

export function createSignInNews (): SignInNews {
  const emitter = new EventEmitter().setMaxListeners(0)
  const closing = new AbortController()
  const sessions = new Map<string, AbortController[]>()

  const leave = (sessionId: string, stream: AbortController) => {
    const others = (sessions.get(sessionId) ?? []).filter(other => other !== stream)
    if (others.length === 0) sessions.delete(sessionId)
    else sessions.set(sessionId, others)
  }

  return {
    tell: ticketHash => { emitter.emit(ticketHash) },

    async next (ticketHash, waitMs, stream) {
      if (stream.aborted) return
      await new Promise<void>(resolve => {
        const wake = () => {
          clearTimeout(timer)
          emitter.off(ticketHash, wake)
          stream.removeEventListener('abort', wake)
          resolve()
        }
        const timer = setTimeout(wake, waitMs)
        emitter.on(ticketHash, wake)
        stream.addEventListener('abort', wake)
      })
    },

    admit (sessionId, left) {
      const stream = new AbortController()
      const open = [...sessions.get(sessionId) ?? [], stream]
      if (open.length > MOST_STREAMS_PER_SESSION) open.shift()?.abort()
      sessions.set(sessionId, open)
      left.addEventListener('abort', () => leave(sessionId, stream), { once: true })
      return AbortSignal.any([left, stream.signal, closing.signal])
    },

    close: () => closing.abort()
  }
}
