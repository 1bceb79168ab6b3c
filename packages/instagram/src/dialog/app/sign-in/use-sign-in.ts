import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { useDialog } from '../context.ts'
import { isOfConnection, problemOf, problemOfCode, type Problem } from '../problems.ts'
import { listenForSignIn } from './listen.ts'

export type SignInState =
  | { name: 'idle' }
  | { name: 'waiting', isBlocked: boolean }
  | { name: 'failed', problem: Problem }

const POPUP = 'popup,width=600,height=760'
/** The server's tickets live an hour. */
const TICKET_LIFE_MS = 50 * 60_000

/**
 * Whether the click has been used up, which an opened window does. A page with `Cross-Origin-Opener-Policy: same-origin` around the dialog
 * gives no handle of the window that it opens.
 */
const hasUsedClick = (): boolean => !navigator.userActivation.isActive

export type SignIn = ReturnType<typeof useSignIn>

/**
 * Runs a sign-in in another window. The server says when it is done.
 *
 * @param problem - why it is needed, when it is not the first time
 */
export function useSignIn (onConnected: (username: string) => void, problem?: Problem) {
  const { api } = useDialog()
  const [state, setState] = useState<SignInState>({ name: 'idle' })
  const [ticket, setTicket] = useState<string | undefined>(undefined)
  const [mustLeave, setMustLeave] = useState(false)
  const stop = useRef<() => void>(() => {})

  /** Fetched ahead, so that the window can open in the click itself. */
  const renew = useCallback((): void => {
    api.status().then(({ status, username = '', signIn }) => {
      if (status !== 'connected') setTicket(signIn)
      else if (problem !== undefined && isOfConnection(problem)) setMustLeave(true)
      else onConnected(username)
    }).catch((error: unknown) => setState({ name: 'failed', problem: problemOf(error) }))
  }, [])
  useEffect(() => {
    renew()
    const timer = setInterval(renew, TICKET_LIFE_MS)
    return () => {
      clearInterval(timer)
      stop.current()
    }
  }, [])

  const start = (): void => {
    if (ticket === undefined) return renew()
    stop.current()
    const popup = window.open(api.signInAddress(ticket), '_blank', POPUP)
    setState({ name: 'waiting', isBlocked: popup === null && !hasUsedClick() })
    stop.current = listenForSignIn(api, ticket, {
      connected: onConnected,
      failed (code, retryAfterSeconds) {
        setState({ name: 'failed', problem: problemOfCode(code, retryAfterSeconds) })
        renew()
      }
    })
  }
  const cancel = (): void => {
    stop.current()
    setState({ name: 'idle' })
    renew()
  }
  return {
    state,
    isReady: ticket !== undefined,
    /** The connection that there is cannot be used: it has to be ended first. */
    mustLeave,
    start,
    cancel,
    /** For a link that opens the window, when the browser held it back. */
    address: api.signInAddress(ticket ?? ''),
    /** Signs in in this window and comes back here. */
    redirectAddress: api.signInAddress(ticket ?? '', { mode: 'redirect', returnTo: window.location.pathname + window.location.search })
  }
}
