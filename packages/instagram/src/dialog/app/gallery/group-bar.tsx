import { useBack } from '../back/use-back.ts'
import { useDialog } from '../context.ts'
import { Icon } from '../icons.tsx'
import type { MediaListItem } from '../../../domain/media.ts'
import { reasonAgainst } from './selectable.ts'
import type { Selection } from './use-selection.ts'

/** Above the photos of a group: the way back, and all of them at once. */
export function GroupBar ({ group, selection, onBack }: { group: MediaListItem, selection: Selection, onBack: () => void }) {
  const { config, text } = useDialog()
  useBack(onBack)
  const children = group.children ?? []
  const free = children.filter(child => reasonAgainst(child, config, text) === undefined)
  const isAllChosen = free.length > 0 && free.every(({ id }) => selection.chosen.has(id))
  return (
    <div class='group-bar'>
      <button type='button' class='quiet' onClick={onBack}><Icon name='back' />{text.back}</button>
      <h2>{text.groupTitle(children.length)}</h2>
      {config.multiple && (
        <button type='button' class='quiet' onClick={() => isAllChosen ? selection.remove(free) : selection.add(free)}>
          {isAllChosen ? text.chooseNone : text.chooseAll}
        </button>
      )}
    </div>
  )
}
