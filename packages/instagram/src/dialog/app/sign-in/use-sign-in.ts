import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { useDialog } from '../context.ts'
import { useOnline } from '../use-online.ts'
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

export interface SignInProperties {
  /** Why it is needed, when it is not the first time. */
  problem?: Problem | undefined
  onConnected: (username: string) => void
  /** The connection that could not be used has been ended. */
  onDisconnected: () => void
}

/** Runs a sign-in in another window. The server says when it is done. */
export function useSignIn (properties: SignInProperties) {
  const { api } = useDialog()
  const [state, setState] = useState<SignInState>({ name: 'idle' })
  const stop = useRef<() => void>(() => {})
  const fail = (error: unknown): void => setState({ name: 'failed', problem: problemOf(error) })
  const { ticket, mustLeave, renew } = useTicket(properties, fail)
  useEffect(() => () => stop.current(), [])

  const start = (): void => {
    if (mustLeave) {
      api.disconnect().then(properties.onDisconnected, fail)
      return
    }
    if (ticket === undefined) return renew()
    stop.current()
    const popup = window.open(api.signInAddress(ticket), '_blank', POPUP)
    setState({ name: 'waiting', isBlocked: popup === null && !hasUsedClick() })
    stop.current = listenForSignIn(api, ticket, {
      connected: properties.onConnected,
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
  useOnline(() => { if (state.name === 'failed' && state.problem.name === 'offline') cancel() })
  return {
    state,
    isReady: ticket !== undefined || mustLeave,
    /** To be called in a click. Ends the connection that there is first, when it cannot be used. */
    start,
    cancel,
    /** For a link that opens the window, when the browser held it back. */
    address: api.signInAddress(ticket ?? ''),
    /** Signs in in this window and comes back here. */
    redirectAddress: api.signInAddress(ticket ?? '', { mode: 'redirect', returnTo: window.location.pathname + window.location.search })
  }
}

/** What starts a sign-in, fetched ahead so that the window can open in the click itself; `mustLeave` when a connection is in the way. */
function useTicket ({ problem, onConnected }: SignInProperties, fail: (error: unknown) => void) {
  const { api } = useDialog()
  const [ticket, setTicket] = useState<string | undefined>(undefined)
  const [mustLeave, setMustLeave] = useState(false)

  const renew = useCallback((): void => {
    api.status().then(({ status, username = '', signIn }) => {
      if (status !== 'connected') setTicket(signIn)
      else if (problem !== undefined && isOfConnection(problem)) setMustLeave(true)
      else onConnected(username)
    }).catch(fail)
  }, [])
  useEffect(() => {
    renew()
    const timer = setInterval(renew, TICKET_LIFE_MS)
    return () => clearInterval(timer)
  }, [])
  return { ticket, mustLeave, renew }
}
