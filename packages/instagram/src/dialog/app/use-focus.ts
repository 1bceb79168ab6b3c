import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'

/** Takes the focus when it appears, in place of what has gone from under it; nothing scrolls for that. */
export function useFocus<Element extends HTMLElement> () {
  const element = useRef<Element>(null)
  useLayoutEffect(() => element.current?.focus({ preventScroll: true }), [])
  return element
}

/** Gives the focus to another element when a change has taken away the one that had it. */
export function useLostFocus (findOther: () => HTMLElement | null): void {
  const last = useRef<Element | null>(null)
  useEffect(() => {
    const remember = ({ target }: FocusEvent): void => { last.current = target as Element }
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [])
  useLayoutEffect(() => {
    if (document.activeElement === document.body && last.current?.isConnected === false) findOther()?.focus({ preventScroll: true })
  })
}
