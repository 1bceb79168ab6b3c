import { createContext } from 'preact'
import { useCallback, useContext, useEffect, useState } from 'preact/hooks'
import { useBack } from '../back/use-back.ts'
import { useDialog } from '../context.ts'
import { useEscape } from '../use-escape.ts'

/** What closing now would throw away. */
export interface Stake {
  name: 'copies' | 'choice'
  /** Photos. */
  count: number
  /** Undoes what has been made by then. */
  discard: () => void
}

/** Closes the dialog; where that would throw something away, the person is asked first. */
export const CloseContext = createContext<() => void>(() => {})

/** What the buttons that close call. */
export function useClose (): () => void {
  return useContext(CloseContext)
}

/** All ways out: Escape, the browser's Back, what the page does (its shade), and the buttons that call {@link useClose}. */
export function useClosing () {
  const { config, opener } = useDialog()
  const [stake, setStake] = useState<Stake | undefined>(undefined)
  const [isAsking, setAsking] = useState(false)
  const isAtStake = stake !== undefined

  const close = useCallback((): void => isAtStake ? setAsking(true) : opener.cancelled(), [isAtStake])
  useEscape(close)
  // Back closes a window of its own without our doing; a dialog that is a part of the page stays there.
  const [hasStep] = useState(config.container === 'modal' || (config.container === 'window' && window.history.length > 1))
  useBack(close, hasStep)
  useEffect(() => opener.onAsked('close', close), [close])
  useEffect(() => {
    opener.atStake(isAtStake)
    if (!isAtStake) setAsking(false)
  }, [isAtStake])

  return {
    close,
    /** Tells what is at stake from now on. */
    setStake,
    /** Present while the person is asked. */
    question: isAsking ? stake : undefined,
    stay: useCallback(() => setAsking(false), []),
    leave (): void {
      stake?.discard()
      opener.cancelled()
    }
  }
}
