import type { DialogConfig } from '../../config.ts'
import { useDialog } from '../context.ts'
import { dayOf } from '../dates.ts'
import type { MediaListItem } from '../../../domain/media.ts'
import type { Messages } from '../text/messages.ts'
import { Grid, type TilePlace } from './grid.tsx'
import { pressKey, usePointer, type PhotoActions } from './photo-events.ts'
import { reasonAgainst } from './selectable.ts'
import { Tile, type TileProperties } from './tile.tsx'
import { useChoosing, type ChoosingProperties } from './use-choosing.ts'

/** As much of a caption as a screen reader says for each photo. */
const SPOKEN_CHARACTERS = 120

interface PhotosProperties extends ChoosingProperties {
  label: string
  hasMore: boolean
  isLoading: boolean
  /** The entry that gets the focus when the grid appears. */
  startsAt: number | undefined
  hasCaptions: boolean
  onNearEnd: () => void
  onPreview: (item: MediaListItem) => void
  onUse: (items: readonly MediaListItem[]) => void
}

/** The grid filled with photos, and what clicks and keys on them do. */
export function Photos (properties: PhotosProperties) {
  const { items, onNearEnd } = properties
  const { config, text } = useDialog()
  const choosing = useChoosing(properties)
  const actions: PhotoActions = { items, isMultiple: config.multiple, choosing, onPreview: properties.onPreview, onUse: properties.onUse }
  const tile = (place: TilePlace) => {
    const item = items[place.index]
    return item === undefined ? null : <Tile key={item.id} {...place} {...looks(item, properties, config, text)} />
  }

  return (
    <div {...usePointer(actions)}>
      <Grid
        label={properties.label} helpId='grid-help' count={items.length} hasMore={properties.hasMore} isLoading={properties.isLoading} isMultiple={config.multiple} startsAt={properties.startsAt}
        onNearEnd={onNearEnd} onKey={(event, index) => pressKey(event, index, actions)} onExtend={(from, to) => { if (config.multiple) choosing.extend(from, to) }} tile={tile}
      />
    </div>
  )
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
