import { useEffect, useRef, useState } from 'preact/hooks'
import { useDialog } from '../context.ts'
import { Icon } from '../icons.tsx'
import { thumbnailAddress } from '../thumbnails.ts'
import { useOnline } from '../use-online.ts'
import { useImage } from './use-image.ts'

/** Who waits for less is shown nothing: a sign that flashes only disturbs. */
const LATE_AFTER_MS = 400

/** One photo as large as there is room; while it loads something turns, and what cannot be had is said, with another try. */
export function LargePicture ({ thumbnail, alt }: { thumbnail: string, alt: string }) {
  const { text } = useDialog()
  const { state, tries, again, onLoad, onError } = useImage()
  const place = useRef<HTMLDivElement>(null)
  const isFailed = state === 'failed'
  const isLoading = !isFailed && state !== 'shown'
  const isLate = useLate(isLoading)

  useOnline(() => { if (isFailed) again() })
  // The button goes, and the keys that move to another photo are heard where the focus is.
  const retry = (): void => {
    place.current?.focus({ preventScroll: true })
    again()
  }
  return (
    <div ref={place} class={isLate ? 'large late' : 'large'} tabIndex={-1} aria-busy={isLoading}>
      {!isFailed && (
        <img
          key={tries} class={state === 'shown' ? 'shown' : 'loading'} src={thumbnailAddress(thumbnail, Math.max(window.innerWidth, window.innerHeight), window.devicePixelRatio, 1)} alt={alt}
          onLoad={onLoad} onError={onError}
        />
      )}
      <div class='told'>
        {isFailed && <Icon name='picture' />}
        <p role='status'>{isFailed ? text.photoFailed : isLate && <span class='unseen'>{text.loadingPhoto}</span>}</p>
        {isFailed && <button type='button' class='plain' onClick={retry}>{text.tryAgain}</button>}
      </div>
    </div>
  )
}

/** Whether something has been going on for a while. */
function useLate (isOn: boolean): boolean {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    setLate(false)
    if (!isOn) return
    const timer = setTimeout(() => setLate(true), LATE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isOn])
  return isLate
}
