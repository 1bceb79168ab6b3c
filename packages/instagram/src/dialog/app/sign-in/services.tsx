import { CardPlace } from '../card.tsx'
import { useContext, useLayoutEffect, useRef } from 'preact/hooks'
import { useDialog } from '../context.ts'
import { Icon } from '../icons.tsx'

/** The list of places to pick from. */
export function Services ({ onChosen }: { onChosen: () => void }) {
  const { text } = useDialog()
  const Place = useContext(CardPlace)
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus(), [])
  return (
    <Place class='card'>
      <h2 ref={heading} tabIndex={-1}>{text.servicesTitle}</h2>
      <ul class='services'>
        <li>
          <button type='button' onClick={onChosen}>
            <span class='badge'><Icon name='instagram' /></span>
            <span><b>{text.instagram}</b><span>{text.servicesHint}</span></span>
            <Icon name='forward' />
          </button>
        </li>
      </ul>
    </Place>
  )
}
