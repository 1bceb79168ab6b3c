import { useDialog } from '../context.ts'
import { dayOf } from '../dates.ts'
import { Icon } from '../icons.tsx'
import type { MediaListItem } from '../../../domain/media.ts'
import { useModal } from '../use-modal.ts'
import { LargePicture } from './large-picture.tsx'
import { reasonAgainst } from './selectable.ts'
import type { Selection } from './use-selection.ts'

interface PreviewProperties {
  item: MediaListItem
  /** What Previous and Next walk through. */
  images: readonly MediaListItem[]
  selection: Selection
  onMove: (item: MediaListItem) => void
  onClose: () => void
  onUse: (items: readonly MediaListItem[]) => void
}

/** One photo large, with its date and caption. */
export function Preview (properties: PreviewProperties) {
  const { item, images, onMove, onClose } = properties
  const { config, text } = useDialog()
  const modal = useModal(onClose)
  const index = images.findIndex(({ id }) => id === item.id)
  const day = dayOf(item.takenAt, config.language)
  const position = text.position(index + 1, images.length)

  const move = (step: number): void => {
    const next = images[index + step]
    if (next !== undefined) onMove(next)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const forward = getComputedStyle(document.documentElement).direction === 'rtl' ? -1 : 1
    if (event.key === 'ArrowRight') move(forward)
    else if (event.key === 'ArrowLeft') move(-forward)
    else return modal.onKeyDown(event)
    event.preventDefault()
  }
  return (
    <dialog {...modal} class='preview' aria-label={[text.photo(day), position].join(', ')} onKeyDown={onKeyDown}>
      <div class='preview-bar'>
        <span class='position'>{position}</span>
        <button type='button' class='round' aria-label={text.close} title={text.close} onClick={onClose}><Icon name='close' /></button>
      </div>
      <figure>
        <LargePicture key={item.id} thumbnail={item.thumbnail ?? ''} alt={item.altText ?? item.caption?.slice(0, 120) ?? text.photo(day)} />
        <button type='button' class='round previous' disabled={index <= 0} aria-label={text.previous} title={text.previous} onClick={() => move(-1)}><Icon name='back' /></button>
        <button type='button' class='round next' disabled={index >= images.length - 1} aria-label={text.next} title={text.next} onClick={() => move(1)}><Icon name='forward' /></button>
      </figure>
      <Foot {...properties} day={day} />
    </dialog>
  )
}

/** What is known of the photo, and the button that takes it. */
function Foot ({ item, selection, day, onClose, onUse }: PreviewProperties & { day: string | undefined }) {
  const { config, text } = useDialog()
  const isChosen = selection.chosen.has(item.id)
  const isFree = reasonAgainst(item, config, text) === undefined && (isChosen || !selection.isFull)
  const use = (): void => {
    onClose()
    onUse([item])
  }
  return (
    <div class='preview-foot'>
      <div class='words'>
        {day !== undefined && <b>{day}</b>}
        {item.caption !== undefined && <p>{item.caption}</p>}
        {item.permalink !== undefined && <a href={item.permalink} target='_blank' rel='noreferrer'>{text.openAtInstagram}</a>}
      </div>
      {config.multiple
        ? <button type='button' class={isChosen ? 'plain' : 'primary'} disabled={!isFree} aria-pressed={isChosen} onClick={() => selection.toggle(item)}>{isChosen && <Icon name='check' />}{isChosen ? text.unchoose : text.choose}</button>
        : <button type='button' class='primary' disabled={!isFree} onClick={use}>{text.use(1)}</button>}
    </div>
  )
}
