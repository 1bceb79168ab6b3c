import { useRef } from 'preact/hooks'
import type { MediaListItem } from '../../../domain/media.ts'
import type { Choosing } from './use-choosing.ts'

export interface PhotoActions {
  items: readonly MediaListItem[]
  isMultiple: boolean
  choosing: Choosing
  onPreview: (item: MediaListItem) => void
  onUse: (items: readonly MediaListItem[]) => void
}

/** What a key does to the entry that has the focus; keys that move it are the grid's. */
export function pressKey (event: KeyboardEvent, index: number, { items, isMultiple, choosing, onPreview, onUse }: PhotoActions): void {
  const item = items[index]
  if (item === undefined || (event.target as HTMLElement).closest('button') !== null) return
  const key = event.key.toLowerCase()
  if (key === ' ') choosing.choose(index, event.shiftKey)
  else if (key === 'enter' && choosing.isFree(item) && !isMultiple) onUse([item])
  else if (key === 'enter') choosing.choose(index, event.shiftKey)
  else if (key === 'p' && hasPicture(item)) onPreview(item)
  else if (key === 'a' && (event.ctrlKey || event.metaKey) && isMultiple) choosing.chooseAll()
  else return
  event.preventDefault()
}

/** What clicks and long presses do; for the element around the grid. */
export function usePointer ({ items, isMultiple, choosing, onPreview, onUse }: PhotoActions) {
  const isClicked = useRef(false)
  return {
    onClick (event: MouseEvent): void {
      const index = indexAt(event)
      const item = items[index]
      // The second click of the double click that opened a group lands on a photo in it.
      const isLeftOver = event.detail > 1 && !isClicked.current
      isClicked.current = true
      if (item === undefined || isLeftOver) return
      if ((event.target as HTMLElement).closest('[data-look]') !== null) onPreview(item)
      else choosing.choose(index, event.shiftKey)
    },
    onDblClick (event: MouseEvent): void {
      const item = items[indexAt(event)]
      if (item !== undefined && choosing.isFree(item) && !isMultiple) onUse([item])
    },
    /** A long press on a touch screen. */
    onContextMenu (event: MouseEvent): void {
      const item = items[indexAt(event)]
      if (!(event instanceof PointerEvent) || event.pointerType !== 'touch' || item === undefined || !hasPicture(item)) return
      event.preventDefault()
      onPreview(item)
    }
  }
}

function hasPicture (item: MediaListItem): boolean {
  return item.kind === 'image' && item.thumbnail !== undefined
}

function indexAt (event: MouseEvent): number {
  return Number((event.target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset.index ?? NaN)
}
