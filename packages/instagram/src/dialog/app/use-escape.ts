import { useEffect } from 'preact/hooks'

/**
 * Calls when Escape is pressed and nothing inside (an open menu, the large view) has taken it.
 *
 * @param turn - `before others` takes the key from those that listen without a turn
 */
export function useEscape (onEscape: () => void, turn?: 'before others'): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      event.preventDefault()
      onEscape()
    }
    const options = { capture: turn !== undefined }
    window.addEventListener('keydown', listen, options)
    return () => window.removeEventListener('keydown', listen, options)
  }, [onEscape, turn])
}
