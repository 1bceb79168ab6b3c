import type { DialogPayload } from '../../domain/file-blob.ts'
import type { DialogConfig } from '../config.ts'

/** The page that opened this dialog, as the one thing it can be: a receiver of messages. */
export interface Opener {
  /** Absent when the dialog was opened by no page, so that nobody would hear. */
  isThere: boolean
  /** Something is on the screen: the dialog may have the focus. */
  ready: () => void
  /** Hands over the result and ends the dialog. */
  picked: (files: DialogPayload | DialogPayload[]) => void
  cancelled: () => void
  /** Ends a dialog that nobody sees any more. */
  failed: () => void
  progress: (data: { filename: string, done: number, total: number, percent: number }) => void
  /** Old clients ask before they close while this is true. */
  uploading: (isUploading: boolean) => void
  /** While true, the page leaves it to the dialog to close, and the browser asks before it closes the dialog's window. */
  atStake: (isAtStake: boolean) => void
  /** Calls when the page wants the dialog to close, or to take back its steps in the history. @returns stops listening */
  onAsked: (wish: 'close' | 'unwind', act: () => void) => () => void
  /** Whether steps in the history are gone when the dialog is: with its own window, or because the page has them taken back. */
  takesStepsBack: boolean
  /** How many steps the dialog has made in the history of the page. */
  steps: (count: number) => void
  hide: () => void
  /** Whether the result still arrives after this window has been to Instagram and back. */
  canLeave: boolean
  /** Tells the page that this window goes away for a while, and that it is not closed. */
  leave: () => void
}

/** A page in another process may see the window closed before it hears the last message, and would take that for a cancel. */
const CLOSES_AFTER_MS = 300

/**
 * Messages go to exact origins only, so that the browser itself keeps them from every other page.
 *
 * @see https://github.com/filestack-archive/filepicker-js for the messages
 */
export function createOpener (config: DialogConfig): Opener {
  const isFramed = window.parent !== window
  const receiver = isFramed ? window.parent : window.opener as Window | null
  const origins = targetOrigins(config, isFramed)
  // A page of our own origin can be reached without being the opener, which a visit to Instagram may end.
  const channel = !isFramed && config.opener === window.location.origin ? new BroadcastChannel(`contactsheet-${config.id}`) : undefined
  const post = (message: { id?: string, type: string, payload?: unknown, error?: unknown }): void => {
    const text = JSON.stringify({ id: config.id, ...message })
    if (receiver === null) channel?.postMessage(text)
    else for (const origin of origins) receiver.postMessage(text, origin)
  }
  const own = isFramed ? { guard () {}, close () {} } : ownWindow()
  const hear = (wish: string, act: () => void): () => void => hearPage(receiver, origins, JSON.stringify({ id: config.id, type: wish }), act)
  hear('end', own.close)
  const end = (): void => {
    post({ type: 'closeModal' })
    own.close()
  }
  return {
    isThere: receiver !== null || channel !== undefined,
    canLeave: channel !== undefined,
    leave: () => post({ type: 'leaving' }),
    ready: () => post({ type: 'ready' }),
    picked (files) {
      post({ type: 'filepickerUrl', payload: files })
      own.close()
    },
    cancelled () {
      // Old clients close without a word on `closeModal`; the error in front of it is what calls their onError with 101.
      post({ type: 'filepickerUrl', error: { code: 101 } })
      end()
    },
    failed () {
      post({ type: 'filepickerUrl', error: { code: 102 } })
      end()
    },
    progress: data => post({ type: 'filepickerProgress', payload: { data } }),
    uploading (isUploading) {
      if (isUploading) post({ id: `${config.id}-upload`, type: 'uploading', payload: true })
      else post({ type: 'notUploading' })
    },
    hide: () => post({ type: 'hideModal' }),
    atStake (isAtStake) {
      post({ type: 'atStake', payload: isAtStake })
      own.guard(isAtStake)
    },
    onAsked: hear,
    takesStepsBack: !isFramed || config.takesStepsBack,
    steps (count) { if (isFramed) post({ type: 'steps', payload: count }) }
  }
}

/** Hears one message of the page's. @returns stops hearing */
function hearPage (page: Window | null, origins: readonly string[], message: string, act: () => void): () => void {
  const listen = ({ source, origin, data }: MessageEvent): void => {
    if (source !== null && source === page && origins.includes(origin) && data === message) act()
  }
  window.addEventListener('message', listen)
  return () => window.removeEventListener('message', listen)
}

/** The window of a dialog that is in no frame: the browser asks before it closes while it is guarded. */
function ownWindow () {
  const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
  const guard = (isOn: boolean): void => {
    if (isOn) window.addEventListener('beforeunload', warn)
    else window.removeEventListener('beforeunload', warn)
  }
  return {
    guard,
    close (): void {
      guard(false)
      setTimeout(() => window.close(), CLOSES_AFTER_MS)
    }
  }
}

/** The opener's origin when it is known and allowed; else every allowed one, of which the browser delivers to the right one only. */
function targetOrigins (config: DialogConfig, isFramed: boolean): readonly string[] {
  const allowed = [...new Set([...config.origins, window.location.origin])]
  const ancestor = isFramed ? window.location.ancestorOrigins?.[0] : undefined
  const referrer = URL.canParse(document.referrer) ? new URL(document.referrer).origin : undefined
  const known = [config.opener, ancestor, referrer].find(origin => origin !== undefined && allowed.includes(origin))
  return known === undefined ? allowed : [known]
}
