import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../icons.tsx'
import { thumbnailAddress } from '../thumbnails.ts'

/** A server with too much to do refuses for a moment. */
const MAX_TRIES = 3
const RETRY_AFTER_MS = 1000

/** The thumbnail of one photo; what cannot be had is said in its place. */
export function Picture ({ thumbnail, sidePx, noThumbnail }: { thumbnail: string | undefined, sidePx: number, noThumbnail: string }) {
  const [state, setState] = useState<'loading' | 'shown' | 'refused' | 'failed'>(thumbnail === undefined ? 'failed' : 'loading')
  const [tries, setTries] = useState(1)
  const image = useRef<HTMLImageElement>(null)
  // One that is scrolled away would still be loaded, before those that are seen.
  useLayoutEffect(() => () => image.current?.removeAttribute('src'), [])
  useEffect(() => {
    if (state !== 'refused') return
    const timer = setTimeout(() => {
      setTries(tries + 1)
      setState('loading')
    }, tries * RETRY_AFTER_MS)
    return () => clearTimeout(timer)
  }, [state])
  if (thumbnail === undefined || state === 'failed') return <span class='missing'><Icon name='picture' /><span>{noThumbnail}</span></span>
  return (
    <img
      key={tries} ref={image} class={state === 'shown' ? 'shown' : 'loading'} src={thumbnailAddress(thumbnail, sidePx, window.devicePixelRatio)} alt='' decoding='async' draggable={false}
      onLoad={() => setState('shown')} onError={() => setState(tries < MAX_TRIES ? 'refused' : 'failed')}
    />
  )
}
