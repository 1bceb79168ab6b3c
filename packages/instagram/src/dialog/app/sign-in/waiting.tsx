import { Card } from '../card.tsx'
import { SWITCH_HELP } from '../problem-card.tsx'
import { useDialog } from '../context.ts'
import type { SignIn } from './use-sign-in.ts'

/** While the other window is open, or after the browser held it back. It claims nothing about that window, which nobody can see. */
export function Waiting ({ signIn, isBlocked }: { signIn: SignIn, isBlocked: boolean }) {
  const { text, opener } = useDialog()
  const { start, cancel, address, redirectAddress } = signIn
  return (
    <Card icon='instagram' tone='waiting' title={isBlocked ? text.blockedTitle : text.waitingTitle} text={isBlocked ? text.blockedText : text.waitingText} isUrgent>
      <div class='actions'>
        {isBlocked
          // eslint-disable-next-line react/jsx-no-target-blank -- our own address; the server knows by the opener that this dialog asks
          ? <a class='primary' href={address} target='_blank' rel='opener'>{text.openInstagram}</a>
          : <button type='button' class='plain' onClick={start}>{text.openAgain}</button>}
        <button type='button' class='quiet' onClick={cancel}>{text.cancel}</button>
      </div>
      <p class='small'>{text.professionalOnly} <a href={SWITCH_HELP} target='_blank' rel='noreferrer'>{text.howToSwitch}</a></p>
      {opener.canLeave && <a class='quiet' href={redirectAddress} onClick={() => opener.leave()}>{text.continueHere}</a>}
    </Card>
  )
}
