import type { ComponentChildren } from 'preact'
import { Card } from './card.tsx'
import { useDialog } from './context.ts'
import type { IconName } from './icons.tsx'
import type { Problem } from './problems.ts'
import type { ProblemName } from './text/messages.ts'
import { problemText } from './text/problem-text.ts'

const ICONS: Partial<Record<ProblemName, IconName>> = {
  offline: 'offline',
  limit: 'wait',
  unavailable: 'wait',
  personal: 'person',
  restricted: 'person',
  role: 'person',
  empty: 'picture',
  gone: 'picture',
  expired: 'instagram',
  declined: 'instagram',
  permission: 'lock',
  notAllowed: 'lock',
  foreignPage: 'lock'
}

/** Instagram's own page on professional accounts. */
export const SWITCH_HELP = 'https://help.instagram.com/502981923235522'

/** Says what happened; the next step is in `children`. */
export function ProblemCard ({ problem, children }: { problem: Problem, children?: ComponentChildren }) {
  const { text } = useDialog()
  return (
    <Card icon={ICONS[problem.name] ?? 'alert'} tone='calm' {...problemText(text, problem.name)} isUrgent>
      <div class='actions'>
        {children}
        {problem.name === 'personal' && <a class='quiet' href={SWITCH_HELP} target='_blank' rel='noreferrer'>{text.howToSwitch}</a>}
      </div>
    </Card>
  )
}
