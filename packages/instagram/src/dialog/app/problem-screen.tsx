import { useClose } from './closing/use-closing.ts'
import { useDialog } from './context.ts'
import { ProblemCard } from './problem-card.tsx'
import { remedyOf, type Problem } from './problems.ts'
import { Retry } from './retry.tsx'
import { Connect } from './sign-in/connect.tsx'

interface ProblemScreenProperties {
  problem: Problem
  onRetry: () => void
  onConnected: (username: string) => void
  onDisconnected: () => void
}

/** A problem in place of the photos, with the one next step. */
export function ProblemScreen ({ problem, onRetry, onConnected, onDisconnected }: ProblemScreenProperties) {
  const { text } = useDialog()
  const close = useClose()
  const remedy = remedyOf(problem)
  if (remedy === 'signIn') return <Connect problem={problem} onConnected={onConnected} onDisconnected={onDisconnected} />
  return (
    <ProblemCard problem={problem}>
      {remedy === 'close' ? <button type='button' class='plain' onClick={close}>{text.close}</button> : <Retry problem={problem} onRetry={onRetry} />}
    </ProblemCard>
  )
}
