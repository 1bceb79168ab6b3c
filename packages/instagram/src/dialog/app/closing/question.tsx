import { useDialog } from '../context.ts'
import { useModal } from '../use-modal.ts'
import type { Stake } from './use-closing.ts'

/** Asks before something is thrown away. Escape, and the button that has the focus, go on. */
export function Question ({ stake, onStay, onLeave }: { stake: Stake, onStay: () => void, onLeave: () => void }) {
  const { text } = useDialog()
  const modal = useModal(onStay)
  const { title, explanation, stay, leave } = text.closing[stake.name]
  return (
    <dialog {...modal} class='question' role='alertdialog' aria-labelledby='question-title' aria-describedby='question-explanation'>
      <h2 id='question-title'>{title(stake.count)}</h2>
      <p id='question-explanation'>{explanation(stake.count)}</p>
      <div class='actions'>
        <button type='button' class='primary' onClick={onStay}>{stay}</button>
        <button type='button' class='plain' onClick={onLeave}>{leave}</button>
      </div>
    </dialog>
  )
}
