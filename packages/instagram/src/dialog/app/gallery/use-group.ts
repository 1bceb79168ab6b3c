import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { MediaListItem } from '../../../domain/media.ts'

/** The group that is open; going back finds the place where it was opened. */
export function useGroup () {
  const [group, setGroup] = useState<MediaListItem | undefined>(undefined)
  const place = useRef({ index: 0, top: 0 })
  const isBack = useRef(false)

  useLayoutEffect(() => {
    if (group !== undefined) window.scrollTo(0, 0)
    else if (isBack.current) window.scrollTo(0, place.current.top)
  }, [group])
  return {
    group,
    open (item: MediaListItem, index: number): void {
      place.current = { index, top: window.scrollY }
      setGroup(item)
    },
    close (): void {
      isBack.current = true
      setGroup(undefined)
    },
    /** The entry that gets the focus when the grid appears; `undefined` leaves the focus where it is. */
    scroller: group !== undefined ? 0 : isBack.current ? place.current.index : undefined
  }
}
