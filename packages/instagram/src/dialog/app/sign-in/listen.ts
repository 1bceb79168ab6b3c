import type { Api } from '../api.ts'

export interface SignInEnd {
  connected: (username: string) => void
  failed: (code: string, retryAfterSeconds: number | undefined) => void
}

/** Where the page that Instagram comes back to calls, when the browser lets it. */
const CHANNEL = 'contactsheet.signIn'

/**
 * Waits for the end of a sign-in.
 *
 * Only the server tells it: by its event stream, or by its status, which is asked when there is a hint that it changed. Whether the
 * other window seems closed means nothing: under Instagram's opener policy an open window looks closed.
 *
 * @returns stops waiting
 * @see https://html.spec.whatwg.org/multipage/browsers.html#cross-origin-opener-policies
 */
export function listenForSignIn (api: Api, ticket: string, { connected, failed }: SignInEnd): () => void {
  const events = new EventSource(api.eventsAddress(ticket))
  const channel = new BroadcastChannel(CHANNEL)
  const stopping = new AbortController()
  const { signal } = stopping

  const stop = (): void => {
    stopping.abort()
    events.close()
    channel.close()
  }
  const finish = (username: string): void => {
    if (signal.aborted) return
    stop()
    connected(username)
  }
  const check = (): void => {
    if (document.visibilityState === 'hidden') return
    api.status(signal).then(({ status, username = '' }) => { if (status === 'connected') finish(username) }).catch(() => {})
  }
  events.addEventListener('connected', event => finish((JSON.parse(event.data) as { username: string }).username), { signal })
  events.addEventListener('failed', event => {
    const { code, retryAfterSeconds } = JSON.parse(event.data) as { code: string, retryAfterSeconds?: number }
    stop()
    failed(code, retryAfterSeconds)
  }, { signal })
  window.addEventListener('message', event => { if (event.origin === window.location.origin) check() }, { signal })
  channel.addEventListener('message', check, { signal })
  window.addEventListener('focus', check, { signal })
  document.addEventListener('visibilitychange', check, { signal })
  return stop
}
