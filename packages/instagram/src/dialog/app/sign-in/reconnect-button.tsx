import { useDialog } from '../context.ts'
import { useSignIn } from './use-sign-in.ts'

/** Signs in again without leaving what is on the screen. */
export function ReconnectButton ({ onConnected }: { onConnected: () => void }) {
  const { text } = useDialog()
  const { state, isReady, start } = useSignIn(onConnected)
  return (
    <button type='button' class='primary' aria-disabled={!isReady} onClick={start}>
      {state.name === 'waiting' ? text.waitingTitle : text.connectAgain}
    </button>
  )
}
