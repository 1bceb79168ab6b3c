import { useDialog } from './context.ts'
import { ProblemCard } from './problem-card.tsx'
import type { Problem } from './problems.ts'
import { Retry } from './retry.tsx'
import { Connect } from './sign-in/connect.tsx'
import type { ProblemName } from './text/messages.ts'

/** Problems that signing in (again, or to another account) solves. */
const SIGN_IN_HELPS: ReadonlySet<ProblemName> = new Set(['expired', 'personal', 'permission', 'declined', 'empty', 'signInLost'])
/** Problems that only the page's owner can solve. */
const NOTHING_HELPS: ReadonlySet<ProblemName> = new Set(['unknownApp', 'foreignPage', 'noOpener', 'notOffered', 'notAllowed'])

/** A problem in place of the photos, with the one next step. */
export function ProblemScreen ({ problem, onRetry, onConnected }: { problem: Problem, onRetry: () => void, onConnected: (username: string) => void }) {
  const { text, opener: { cancelled } } = useDialog()
  if (SIGN_IN_HELPS.has(problem.name)) return <Connect problem={problem} onConnected={onConnected} />
  return (
    <ProblemCard problem={problem}>
      {NOTHING_HELPS.has(problem.name)
        ? <button type='button' class='plain' onClick={cancelled}>{text.close}</button>
        : <Retry problem={problem} onRetry={onRetry} />}
    </ProblemCard>
  )
}
