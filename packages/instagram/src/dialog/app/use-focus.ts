import { useLayoutEffect, useRef } from 'preact/hooks'

/** Takes the focus when it appears, in place of what has gone from under it; nothing scrolls for that. */
export function useFocus<Element extends HTMLElement> () {
  const element = useRef<Element>(null)
  useLayoutEffect(() => element.current?.focus({ preventScroll: true }), [])
  return element
}
