import { useDialog } from '../context.ts'
import { Icon } from '../icons.tsx'
import { ProblemCard } from '../problem-card.tsx'
import type { Problem } from '../problems.ts'
import { useSignIn } from './use-sign-in.ts'

interface ConnectProperties {
  /** Why signing in is needed, when it is not the first time. */
  problem?: Problem
  onConnected: (username: string) => void
}

/** Offers to connect, and waits while the other window is open. */
export function Connect ({ problem, onConnected }: ConnectProperties) {
  const { config, text } = useDialog()
  const { state, isReady, start, cancel, address, redirectAddress } = useSignIn(onConnected)

  const reason = state.name === 'failed' ? state.problem : problem
  if (state.name !== 'waiting' && reason !== undefined) {
    return <ProblemCard problem={reason}><button type='button' class='primary' onClick={start}>{text.connectAgain}</button></ProblemCard>
  }
  if (state.name === 'waiting') {
    return (
      <main class='card' aria-live='polite'>
        <span class='badge waiting'><Icon name='instagram' /></span>
        <h2>{state.isBlocked ? text.blockedTitle : text.waitingTitle}</h2>
        <p>{state.isBlocked ? text.blockedText : text.waitingText}</p>
        <div class='actions'>
          {state.isBlocked
            // eslint-disable-next-line react/jsx-no-target-blank -- our own address; the server knows by the opener that this dialog asks
            ? <a class='primary' href={address} target='_blank' rel='opener'>{text.openInstagram}</a>
            : <button type='button' class='plain' onClick={start}>{text.openAgain}</button>}
          <button type='button' class='quiet' onClick={cancel}>{text.cancel}</button>
        </div>
        {config.container === 'window' && <a class='quiet' href={redirectAddress}>{text.continueHere}</a>}
      </main>
    )
  }
  return (
    <main class='card'>
      <span class='badge'><Icon name='instagram' /></span>
      <h2>{text.connectTitle}</h2>
      <p>{text.connectText}</p>
      <div class='actions'><button type='button' class='primary' aria-disabled={!isReady} onClick={start}>{text.connect}</button></div>
      <p class='small'><Icon name='lock' />{text.connectPromise}</p>
    </main>
  )
}
