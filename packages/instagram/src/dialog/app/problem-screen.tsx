import { useDialog } from './context.ts'
import { ProblemCard } from './problem-card.tsx'
import { remedyOf, type Problem } from './problems.ts'
import { Retry } from './retry.tsx'
import { Connect } from './sign-in/connect.tsx'

/** A problem in place of the photos, with the one next step. */
export function ProblemScreen ({ problem, onRetry, onConnected }: { problem: Problem, onRetry: () => void, onConnected: (username: string) => void }) {
  const { text, opener: { cancelled } } = useDialog()
  const remedy = remedyOf(problem)
  if (remedy === 'signIn') return <Connect problem={problem} onConnected={onConnected} />
  return (
    <ProblemCard problem={problem}>
      {remedy === 'retry' ? <Retry problem={problem} onRetry={onRetry} /> : <button type='button' class='plain' onClick={cancelled}>{text.close}</button>}
    </ProblemCard>
  )
}
