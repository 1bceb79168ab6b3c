import { useEffect, useRef } from 'preact/hooks'

/** Calls when the connection is back. */
export function useOnline (onOnline: () => void): void {
  const latest = useRef(onOnline)
  latest.current = onOnline
  useEffect(() => {
    const listen = (): void => latest.current()
    window.addEventListener('online', listen)
    return () => window.removeEventListener('online', listen)
  }, [])
}
