import { Icon } from '../icons.tsx'
import type { MediaListItem } from '../../../domain/media.ts'
import type { TilePlace } from './grid.tsx'
import { Picture } from './picture.tsx'

export interface TileProperties extends TilePlace {
  item: MediaListItem
  label: string
  /** Day and first words, shown over the photo when captions are on. */
  caption: { day: string | undefined, words: string | undefined } | undefined
  /** Order of choice, from 1; for a group, how many of it are chosen; 0 when not chosen. */
  mark: number
  isNumbered: boolean
  /** Why it cannot be chosen. */
  reason: string | undefined
  isDimmed: boolean
  previewLabel: string
  noThumbnail: string
}

/** One photo. */
export function Tile (properties: TileProperties) {
  const { item, index, column, isActive, sidePx, label, caption, mark, isNumbered, reason, isDimmed } = properties
  const isChosen = mark > 0
  const classes = ['tile', isChosen && 'chosen', (reason !== undefined || isDimmed) && 'dimmed', item.kind].filter(Boolean).join(' ')
  return (
    <div
      class={classes} role='gridcell' data-index={index} aria-colindex={column + 1} aria-label={label} aria-selected={isChosen}
      aria-disabled={reason !== undefined || isDimmed} tabIndex={isActive ? 0 : -1} title={reason}
    >
      <Picture key={item.id} thumbnail={item.thumbnail ?? item.children?.[0]?.thumbnail} sidePx={sidePx} noThumbnail={properties.noThumbnail} />
      {caption !== undefined && <span class='caption' aria-hidden='true'><b>{caption.day}</b> {caption.words}</span>}
      {item.kind === 'carousel' && <span class='kind' data-count={item.children?.length}><Icon name='stack' /></span>}
      {item.kind === 'video' && <span class='kind'><Icon name='play' /></span>}
      {isChosen && <span class='mark' data-place={isNumbered || item.kind === 'carousel' ? mark : undefined}>{!isNumbered && item.kind !== 'carousel' && <Icon name='check' />}</span>}
      {item.kind === 'image' && item.thumbnail !== undefined && (
        <button type='button' class='look' tabIndex={-1} data-look aria-label={properties.previewLabel} title={properties.previewLabel}><Icon name='large' /></button>
      )}
    </div>
  )
}
