import { useDialog } from '../context.ts'
import { Icon } from '../icons.tsx'
import type { MediaListItem } from '../media.ts'
import type { Selection } from './use-selection.ts'

interface ToolbarProperties {
  group: MediaListItem | undefined
  selection: Selection
  hasCaptions: boolean
  onCaptions: (isOn: boolean) => void
  onBack: () => void
}

/** Above the photos: the way out of a group, and whether captions show. */
export function Toolbar ({ group, selection, hasCaptions, onCaptions, onBack }: ToolbarProperties) {
  const { config, text } = useDialog()
  const children = group?.children ?? []
  const isAllChosen = children.every(({ id }) => selection.chosen.has(id))
  return (
    <div class='toolbar'>
      {group !== undefined && (
        <>
          <button type='button' class='quiet' onClick={onBack}><Icon name='back' />{text.back}</button>
          <h2>{text.groupTitle(children.length)}</h2>
          {config.multiple && (
            <button type='button' class='quiet' onClick={() => isAllChosen ? selection.remove(children) : selection.add(children)}>
              {isAllChosen ? text.chooseNone : text.chooseAll}
            </button>
          )}
        </>
      )}
      <button type='button' class='quiet toggle' aria-pressed={hasCaptions} onClick={() => onCaptions(!hasCaptions)}><Icon name='text' />{text.showCaptions}</button>
    </div>
  )
}
