import { createContext, type ComponentChildren } from 'preact'
import { useContext, useLayoutEffect, useRef } from 'preact/hooks'
import { Icon, type IconName } from './icons.tsx'

/** Whether cards stand for the whole screen or below photos. */
export const CardPlace = createContext<'main' | 'section'>('main')

interface CardProperties {
  icon: IconName
  tone?: 'accent' | 'waiting' | 'calm'
  title: string
  text: string
  /** Read out at once by screen readers. */
  isUrgent?: boolean
  children?: ComponentChildren
}

/** A few calm words in the middle, with what to do next. */
export function Card ({ icon, tone = 'accent', title, text, isUrgent = false, children }: CardProperties) {
  const Place = useContext(CardPlace)
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => { if (Place === 'main') heading.current?.focus({ preventScroll: true }) }, [title])
  return (
    <Place class='card'>
      <span class={`badge ${tone}`}><Icon name={icon} /></span>
      <div class='told' {...(isUrgent ? { role: 'alert' as const } : {})}>
        <h2 ref={heading} tabIndex={-1}>{title}</h2>
        <p>{text}</p>
      </div>
      {children}
    </Place>
  )
}
