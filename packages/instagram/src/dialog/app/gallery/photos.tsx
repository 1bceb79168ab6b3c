import { useRef } from 'preact/hooks'
import type { DialogConfig } from '../../config.ts'
import { useDialog } from '../context.ts'
import { dayOf } from '../dates.ts'
import type { MediaListItem } from '../../../domain/media.ts'
import type { Messages } from '../text/messages.ts'
import { Grid, type TilePlace } from './grid.tsx'
import { reasonAgainst } from './selectable.ts'
import { Tile, type TileProperties } from './tile.tsx'
import type { Selection } from './use-selection.ts'

/** As much of a caption as a screen reader says for each photo. */
const SPOKEN_CHARACTERS = 120

interface PhotosProperties {
  label: string
  items: readonly MediaListItem[]
  hasMore: boolean
  isLoading: boolean
  /** The entry that gets the focus when the grid appears. */
  startsAt: number | undefined
  selection: Selection
  hasCaptions: boolean
  onNearEnd: () => void
  onOpenGroup: (group: MediaListItem, index: number) => void
  onPreview: (item: MediaListItem) => void
  /** Told why an entry was not chosen; `undefined` when it was. */
  onRefused: (reason: string | undefined) => void
  onUse: (items: readonly MediaListItem[]) => void
}

/** The grid filled with photos, and what clicks and keys on them do. */
export function Photos (properties: PhotosProperties) {
  const { items, selection, onNearEnd } = properties
  const { config, text } = useDialog()
  const anchor = useRef(0)

  const isFree = (item: MediaListItem): boolean => item.kind === 'image' && reasonAgainst(item, config, text) === undefined
  const extend = (from: number, to: number): void => selection.add(items.slice(Math.min(from, to), Math.max(from, to) + 1).filter(isFree))
  const act = (index: number, isRange: boolean): void => {
    const item = items[index]
    if (item === undefined) return
    if (item.kind === 'carousel') return properties.onOpenGroup(item, index)
    const refusal = reasonAgainst(item, config, text) ?? (selection.isFull && !selection.chosen.has(item.id) ? text.limitReason(selection.chosen.size) : undefined)
    properties.onRefused(refusal)
    if (refusal !== undefined) return
    if (isRange && config.multiple) extend(anchor.current, index)
    else selection.toggle(item)
    anchor.current = index
  }
  const onKey = (event: KeyboardEvent, index: number): void => {
    const item = items[index]
    if (item === undefined || (event.target as HTMLElement).closest('button') !== null) return
    if (event.key === ' ') act(index, event.shiftKey)
    else if (event.key === 'Enter' && isFree(item) && !config.multiple) properties.onUse([item])
    else if (event.key === 'Enter') act(index, event.shiftKey)
    else if (event.key.toLowerCase() === 'p' && item.thumbnail !== undefined && item.kind === 'image') properties.onPreview(item)
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && config.multiple) selection.add(items.filter(isFree))
    else return
    event.preventDefault()
  }
  const itemAt = (event: MouseEvent): MediaListItem | undefined => items[indexAt(event)]
  const onClick = (event: MouseEvent): void => {
    const item = itemAt(event)
    if (item === undefined) return
    if ((event.target as HTMLElement).closest('[data-look]') !== null) properties.onPreview(item)
    else act(indexAt(event), event.shiftKey)
  }
  /** A long press on a touch screen. */
  const onContextMenu = (event: MouseEvent): void => {
    const item = itemAt(event)
    if (!(event instanceof PointerEvent) || event.pointerType !== 'touch' || item?.kind !== 'image' || item.thumbnail === undefined) return
    event.preventDefault()
    properties.onPreview(item)
  }
  const onDoubleClick = (event: MouseEvent): void => {
    const item = itemAt(event)
    if (item !== undefined && isFree(item) && !config.multiple) properties.onUse([item])
  }
  const tile = (place: TilePlace) => {
    const item = items[place.index]
    return item === undefined ? null : <Tile key={item.id} {...place} {...looks(item, properties, config, text)} />
  }

  return (
    <div onClick={onClick} onDblClick={onDoubleClick} onContextMenu={onContextMenu}>
      <Grid
        label={properties.label} helpId='grid-help' count={items.length} hasMore={properties.hasMore} isLoading={properties.isLoading} isMultiple={config.multiple} startsAt={properties.startsAt}
        onNearEnd={onNearEnd} onKey={onKey} onExtend={(from, to) => { if (config.multiple) extend(from, to) }} tile={tile}
      />
    </div>
  )
}

function indexAt (event: MouseEvent): number {
  return Number((event.target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset.index ?? NaN)
}

function looks (item: MediaListItem, { selection, hasCaptions }: PhotosProperties, config: DialogConfig, text: Messages): Omit<TileProperties, keyof TilePlace> {
  const chosenChildren = item.children?.filter(({ id }) => selection.chosen.has(id)).length ?? 0
  const mark = item.kind === 'carousel' ? chosenChildren : selection.placeOf(item.id)
  const reason = reasonAgainst(item, config, text)
  const caption = hasCaptions ? { day: dayOf(item.takenAt, config.language, 'medium'), words: item.caption } : undefined
  return {
    item,
    // What is written on a photo is part of its name, so that people can say what they see.
    label: [
      ...caption === undefined
        ? [nameOf(item, text, dayOf(item.takenAt, config.language)), (item.altText ?? item.caption)?.slice(0, SPOKEN_CHARACTERS)]
        : [nameOf(item, text), [caption.day, caption.words].filter(Boolean).join(' ')],
      chosenChildren > 0 ? text.chosenInGroup(chosenChildren) : undefined,
      reason
    ].filter(Boolean).join('. '),
    caption,
    mark,
    isNumbered: config.multiple,
    reason,
    isDimmed: selection.isFull && mark === 0 && item.kind === 'image',
    previewLabel: text.preview,
    noThumbnail: text.noThumbnail
  }
}

function nameOf (item: MediaListItem, text: Messages, day?: string): string {
  if (item.kind === 'carousel') return text.group(item.children?.length ?? 0, day)
  return item.kind === 'video' ? text.video(day) : text.photo(day)
}
