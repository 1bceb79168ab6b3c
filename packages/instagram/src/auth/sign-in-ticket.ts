import { createSealer } from './sealer.ts'

const LIFE_MS = 60 * 60_000

/** For which session and app a sign-in is started, in a text that only this server can make or read. */
export interface SignInTicket {
  sessionId: string
  appKey: string
}

export interface SignInTickets {
  issue (ticket: SignInTicket): string
  /** The ticket, or `undefined` when it is not ours or older than an hour. */
  read (text: string): SignInTicket | undefined
}

/**
 * Lets the popup, whose cookie jar is another one when the dialog is framed by a foreign site, sign in for the dialog's session.
 * The ticket alone proves nothing about who opened the popup; see `mayUseTicket`.
 */
export function createSignInTickets (secrets: readonly string[], now: () => number): SignInTickets {
  const sealer = createSealer(secrets, 'sign-in ticket')
  return {
    issue: ({ sessionId, appKey }) => sealer.seal(JSON.stringify([sessionId, appKey, now() + LIFE_MS])),
    read (text) {
      const opened = sealer.open(text)
      if (opened === undefined) return undefined
      const [sessionId, appKey, expiresAtMs] = JSON.parse(opened.text) as [string, string, number]
      return expiresAtMs > now() ? { sessionId, appKey } : undefined
    }
  }
}

/**
 * Whether a popup may sign in for the session of its ticket: the same session always; another one only when a page of ours opened the
 * popup, which the browser itself says (`Sec-Fetch-Site: same-origin`, never set by script). So a link with somebody else's ticket,
 * sent to a victim, connects nothing.
 *
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function mayUseTicket (ticket: SignInTicket, popup: { sessionIds: readonly string[], fetchSite: string | undefined }): boolean {
  return popup.sessionIds.includes(ticket.sessionId) || popup.fetchSite === 'same-origin'
}
