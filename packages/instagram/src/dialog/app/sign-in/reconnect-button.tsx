import { useDialog } from '../context.ts'
import { isOtherAccountNeeded, type Problem } from '../problems.ts'
import { useSignIn, type SignInProperties } from './use-sign-in.ts'

/** Signs in again without leaving what is on the screen. */
export function ReconnectButton ({ problem, ...properties }: SignInProperties & { problem: Problem }) {
  const { text } = useDialog()
  const { state, isReady, start, address } = useSignIn({ problem, ...properties })
  if (state.name === 'waiting' && state.isBlocked) {
    // eslint-disable-next-line react/jsx-no-target-blank -- our own address; the server knows by the opener that this dialog asks
    return <a class='primary' href={address} target='_blank' rel='opener'>{text.openInstagram}</a>
  }
  return (
    <button type='button' class='primary' aria-disabled={!isReady} onClick={start}>
      {state.name === 'waiting' ? text.waitingTitle : isOtherAccountNeeded(problem) ? text.connectOther : text.connectAgain}
    </button>
  )
}
