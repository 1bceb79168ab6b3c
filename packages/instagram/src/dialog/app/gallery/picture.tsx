import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from '../icons.tsx'
import { thumbnailAddress } from '../thumbnails.ts'
import { useImage } from './use-image.ts'

/** The thumbnail of one photo; what cannot be had is said in its place. */
export function Picture ({ thumbnail, sidePx, noThumbnail }: { thumbnail: string | undefined, sidePx: number, noThumbnail: string }) {
  const { state, tries, onLoad, onError } = useImage()
  const image = useRef<HTMLImageElement>(null)
  // One that is scrolled away would still be loaded, before those that are seen.
  useLayoutEffect(() => () => image.current?.removeAttribute('src'), [])
  if (thumbnail === undefined || state === 'failed') return <span class='missing'><Icon name='picture' /><span>{noThumbnail}</span></span>
  return (
    <img
      key={tries} ref={image} class={state === 'shown' ? 'shown' : 'loading'} src={thumbnailAddress(thumbnail, sidePx, window.devicePixelRatio)} alt='' decoding='async' draggable={false}
      onLoad={onLoad} onError={onError}
    />
  )
}
