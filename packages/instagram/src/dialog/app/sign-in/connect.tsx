import { Card } from '../card.tsx'
import { useDialog } from '../context.ts'
import { Icon } from '../icons.tsx'
import { ProblemCard } from '../problem-card.tsx'
import { isOtherAccountNeeded } from '../problems.ts'
import { useSignIn, type SignInProperties } from './use-sign-in.ts'
import { Waiting } from './waiting.tsx'

/** Offers to connect, and waits while the other window is open. */
export function Connect (properties: SignInProperties) {
  const { text } = useDialog()
  const signIn = useSignIn(properties)
  const { state, isReady, start } = signIn
  const reason = state.name === 'failed' ? state.problem : properties.problem

  if (state.name === 'waiting') return <Waiting signIn={signIn} isBlocked={state.isBlocked} />
  if (reason !== undefined) {
    return (
      <ProblemCard problem={reason}>
        <button type='button' class='primary' aria-disabled={!isReady} onClick={start}>{isOtherAccountNeeded(reason) ? text.connectOther : text.connectAgain}</button>
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
