import { useEffect } from 'preact/hooks'

/** Calls when Escape is pressed and nothing inside (an open menu, the large view) has taken it. */
export function useEscape (onEscape: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      event.preventDefault()
      onEscape()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [onEscape])
}
