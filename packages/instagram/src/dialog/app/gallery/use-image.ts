import { useEffect, useState } from 'preact/hooks'

/** A server with too much to do refuses for a moment. */
const MAX_TRIES = 3
const RETRY_AFTER_MS = 1000

/** Loads an image, again when it is refused. `tries` is a key for the element, so that it starts anew. */
export function useImage () {
  const [state, setState] = useState<'loading' | 'shown' | 'refused' | 'failed'>('loading')
  const [tries, setTries] = useState(1)
  const again = (): void => {
    setTries(tries + 1)
    setState('loading')
  }
  useEffect(() => {
    if (state !== 'refused') return
    const timer = setTimeout(again, tries * RETRY_AFTER_MS)
    return () => clearTimeout(timer)
  }, [state])
  return {
    state,
    tries,
    again,
    onLoad: (): void => setState('shown'),
    onError: (): void => setState(tries < MAX_TRIES ? 'refused' : 'failed')
  }
}
