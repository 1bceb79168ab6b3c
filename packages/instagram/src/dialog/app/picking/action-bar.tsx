import { useDialog } from '../context.ts'
import { Icon } from '../icons.tsx'
import { useFocus } from '../use-focus.ts'
import { useOnline } from '../use-online.ts'
import type { Selection } from '../gallery/use-selection.ts'
import type { MediaListItem } from '../../../domain/media.ts'
import { thumbnailAddress } from '../thumbnails.ts'
import { remedyOf } from '../problems.ts'
import { ReconnectButton } from '../sign-in/reconnect-button.tsx'
import { problemText } from '../text/problem-text.ts'
import type { Picking } from './use-picking.ts'

interface ActionBarProperties {
  picking: Picking
  selection: Selection
  onDisconnected: () => void
  /** Why the last entry could not be chosen. */
  refusal: string | undefined
  onUse: (items: readonly MediaListItem[]) => void
}

/** Below the photos: what is chosen and the button that uses it; while copies are made, how far it is. */
export function ActionBar ({ picking, selection, refusal, onDisconnected, onUse }: ActionBarProperties) {
  const { state, cancel } = picking
  if (state.name === 'picking') return <Progress done={state.done} total={state.total} onCancel={cancel} />
  if (state.name === 'failed') return <Failed state={state} picking={picking} selection={selection} onDisconnected={onDisconnected} />
  return <Chosen selection={selection} refusal={refusal} onUse={onUse} />
}

const SHOWN_THUMBNAILS = 5
/** Part of a photo that the bar shows before the first is there, so that it is seen to have begun. */
const STARTED = 0.15

function Chosen ({ selection, refusal, onUse }: Pick<ActionBarProperties, 'selection' | 'refusal' | 'onUse'>) {
  const { config, text } = useDialog()
  const { clear } = selection
  const note = refusal ?? (selection.isFull && config.maxFiles !== undefined ? text.limitReason(config.maxFiles) : undefined)
  const items = [...selection.chosen.values()]
  return (
    <footer class={items.length === 0 ? 'bar' : 'bar chosen'}>
      {items.length > 0 && <span class='strip' aria-hidden='true'>{items.slice(-SHOWN_THUMBNAILS).map(item => <img key={item.id} src={thumbnailAddress(item.thumbnail ?? '', 40, window.devicePixelRatio)} alt='' />)}</span>}
      <p class='count'>
        <span>{items.length === 0 ? text.noneChosen(config.multiple) : text.chosen(items.length, config.multiple ? config.maxFiles : undefined)}</span>
        {note !== undefined && <small>{note}</small>}
      </p>
      {items.length > 0 && config.multiple && <button type='button' class='quiet clear' aria-label={text.clear} title={text.clear} onClick={clear}><Icon name='close' /><span>{text.clear}</span></button>}
      <button type='button' class='primary' disabled={items.length === 0} onClick={() => onUse(items)}>{text.use(Math.max(1, items.length))}</button>
    </footer>
  )
}

function Progress ({ done, total, onCancel }: { done: number, total: number, onCancel: () => void }) {
  const { text } = useDialog()
  const sentence = text.copying(done, total)
  // It appears under the pointer: the second click of a double click is not meant for it.
  const onClick = ({ detail }: MouseEvent): void => { if (detail < 2) onCancel() }
  const cancel = useFocus<HTMLButtonElement>()
  return (
    <footer class='bar'>
      <div class='progress'>
        <p role='status'>{sentence}</p>
        {total > 1 ? <progress aria-label={sentence} value={Math.max(done, STARTED)} max={total} /> : <progress aria-label={sentence} />}
      </div>
      <button ref={cancel} type='button' class='plain' onClick={onClick}>{text.cancel}</button>
    </footer>
  )
}

interface FailedProperties extends Pick<ActionBarProperties, 'picking' | 'selection' | 'onDisconnected'> {
  state: Extract<Picking['state'], { name: 'failed' }>
}

function Failed ({ state: { problem, count, failed, picked }, picking, selection, onDisconnected }: FailedProperties) {
  const { text } = useDialog()
  const { title, text: sentence } = problemText(text, problem.name, count)
  const { cancel } = picking
  const remedy = remedyOf(problem)
  const next = useFocus<HTMLButtonElement>()
  const again = (): void => { picking.start(failed, picked) }
  useOnline(() => { if (remedy === 'retry') again() })
  const chooseOther = (): void => {
    cancel()
    selection.remove(failed)
  }
  return (
    <footer class='bar failed'>
      <p class='count' role='alert'><b>{picked.length > 0 || count < failed.length ? text.someFailed(failed.length) : title}</b><small>{sentence}</small></p>
      {picked.length > 0 && <button type='button' class='plain' onClick={() => picking.handOver(picked)}>{text.useOthers(picked.length)}</button>}
      {remedy !== 'chooseOther' && <button type='button' class='quiet' onClick={cancel}>{text.cancel}</button>}
      {remedy === 'signIn' && <ReconnectButton problem={problem} onConnected={again} onDisconnected={onDisconnected} />}
      {remedy === 'chooseOther' && <button ref={next} type='button' class='primary' onClick={chooseOther}>{text.chooseOther(failed.length)}</button>}
      {(remedy === 'retry' || remedy === 'close') && <button ref={next} type='button' class='primary' onClick={again}>{text.tryAgain}</button>}
    </footer>
  )
}
