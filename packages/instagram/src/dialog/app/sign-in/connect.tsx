import { Card } from '../card.tsx'
import { useDialog } from '../context.ts'
import { Icon } from '../icons.tsx'
import { ProblemCard } from '../problem-card.tsx'
import { isOtherAccountNeeded, type Problem } from '../problems.ts'
import { useSignIn } from './use-sign-in.ts'
import { Waiting } from './waiting.tsx'

interface ConnectProperties {
  /** Why signing in is needed, when it is not the first time. */
  problem?: Problem | undefined
  onConnected: (username: string) => void
  onDisconnected: () => void
}

/** Offers to connect, and waits while the other window is open. */
export function Connect ({ problem, onConnected, onDisconnected }: ConnectProperties) {
  const { api, text } = useDialog()
  const signIn = useSignIn(onConnected, problem)
  const { state, isReady, start, mustLeave } = signIn
  const reason = state.name === 'failed' ? state.problem : problem

  if (state.name === 'waiting') return <Waiting signIn={signIn} isBlocked={state.isBlocked} />
  if (reason !== undefined) {
    const leave = (): void => { api.disconnect().then(onDisconnected).catch(() => {}) }
    return (
      <ProblemCard problem={reason}>
        <button type='button' class='primary' aria-disabled={!isReady && !mustLeave} onClick={mustLeave ? leave : start}>{isOtherAccountNeeded(reason) ? text.connectOther : text.connectAgain}</button>
      </ProblemCard>
    )
  }
  return (
    <Card icon='instagram' title={text.connectTitle} text={text.connectText}>
      <div class='actions'><button type='button' class='primary' aria-disabled={!isReady} onClick={start}>{text.connect}</button></div>
      <p class='small'><Icon name='lock' />{text.connectPromise}</p>
    </Card>
  )
}
