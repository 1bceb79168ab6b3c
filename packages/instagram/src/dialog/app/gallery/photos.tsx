import { useRef } from 'preact/hooks'
import { useDialog } from '../context.ts'
import { dayOf } from '../dates.ts'
import type { MediaListItem } from '../media.ts'
import { Grid, type TilePlace } from './grid.tsx'
import { reasonAgainst } from './selectable.ts'
import { Tile } from './tile.tsx'
import type { Selection } from './use-selection.ts'

interface PhotosProperties {
  label: string
  items: readonly MediaListItem[]
  hasMore: boolean
  isLoading: boolean
  selection: Selection
  hasCaptions: boolean
  onNearEnd: () => void
  onOpenGroup: (group: MediaListItem) => void
  onPreview: (item: MediaListItem) => void
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
    if (item.kind === 'carousel') return properties.onOpenGroup(item)
    if (!isFree(item)) return
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
  const onClick = (event: MouseEvent): void => {
    const target = event.target as HTMLElement
    const index = Number(target.closest<HTMLElement>('[data-index]')?.dataset.index ?? NaN)
    const item = items[index]
    if (item === undefined) return
    if (target.closest('[data-look]') !== null) properties.onPreview(item)
    else act(index, event.shiftKey)
  }
  const onDoubleClick = (event: MouseEvent): void => {
    const item = items[Number((event.target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset.index ?? NaN)]
    if (item !== undefined && isFree(item) && !config.multiple) properties.onUse([item])
  }
  const tile = (place: TilePlace) => {
    const item = items[place.index]
    return item === undefined ? null : <Tile key={item.id} {...place} {...looks(item, properties, config, text)} />
  }

  return (
    <div onClick={onClick} onDblClick={onDoubleClick}>
      <Grid
        label={properties.label} helpId='grid-help' count={items.length} hasMore={properties.hasMore} isLoading={properties.isLoading} isMultiple={config.multiple}
        onNearEnd={onNearEnd} onKey={onKey} onExtend={(from, to) => { if (config.multiple) extend(from, to) }} tile={tile}
      />
    </div>
  )
}

function looks (item: MediaListItem, { selection, hasCaptions }: PhotosProperties, config: ReturnType<typeof useDialog>['config'], text: ReturnType<typeof useDialog>['text']) {
  const day = dayOf(item.takenAt, config.language)
  const words = item.altText ?? item.caption
  const children = item.children ?? []
  const chosenChildren = children.filter(({ id }) => selection.chosen.has(id)).length
  const mark = item.kind === 'carousel' ? chosenChildren : selection.placeOf(item.id)
  const name = item.kind === 'carousel' ? text.group(children.length, day) : item.kind === 'video' ? text.video(day) : text.photo(day)
  const reason = reasonAgainst(item, config, text)
  return {
    item,
    label: [name, words?.slice(0, 120), chosenChildren > 0 ? text.chosenInGroup(chosenChildren) : undefined, reason].filter(Boolean).join('. '),
    caption: hasCaptions ? { day, words: item.caption } : undefined,
    mark,
    isNumbered: config.multiple,
    reason,
    isDimmed: selection.isFull && mark === 0 && item.kind === 'image',
    previewLabel: text.preview,
    noThumbnail: text.noThumbnail
  }
}
