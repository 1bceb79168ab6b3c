import { useState } from 'preact/hooks'
import { useClose } from './closing/use-closing.ts'
import { useDialog } from './context.ts'
import { Icon } from './icons.tsx'
import { problemOf, type Problem } from './problems.ts'
import { problemText } from './text/problem-text.ts'

interface HeaderProperties {
  /** Present while photos show. */
  username: string | undefined
  hasCaptions: boolean
  onCaptions: (isOn: boolean) => void
  onDisconnected: () => void
}

/** What is asked for, who is connected, and the way out. */
export function Header ({ username, hasCaptions, onCaptions, onDisconnected }: HeaderProperties) {
  const { config, text } = useDialog()
  const close = useClose()
  return (
    <header class='header'>
      <div class='titles'>
        <h1>{text.title(config.multiple)}</h1>
        {username !== undefined && <p aria-hidden='true'>{username}</p>}
      </div>
      {username !== undefined && (
        <>
          <button type='button' class='round toggle' aria-pressed={hasCaptions} aria-label={text.showCaptions} title={text.showCaptions} onClick={() => onCaptions(!hasCaptions)}><Icon name='text' /></button>
          <Account username={username} onDisconnected={onDisconnected} />
        </>
      )}
      <button type='button' class='round' aria-label={text.close} title={text.close} onClick={close}><Icon name='close' /></button>
    </header>
  )
}

function Account ({ username, onDisconnected }: { username: string, onDisconnected: () => void }) {
  const { text, api } = useDialog()
  const [isLeaving, setLeaving] = useState(false)
  const [problem, setProblem] = useState<Problem | undefined>(undefined)
  const disconnect = (): void => {
    setLeaving(true)
    setProblem(undefined)
    api.disconnect().then(onDisconnected).catch((error: unknown) => {
      setLeaving(false)
      setProblem(problemOf(error))
    })
  }
  return (
    <details class='account' onKeyDown={closeOnEscape} onFocusOut={closeOnLeaving}>
      <summary aria-label={text.account(username)}><Icon name='instagram' /><span>{username}</span></summary>
      <div class='menu'>
        <p>{text.disconnectText}</p>
        {problem !== undefined && <p role='alert'><b>{problemText(text, problem.name).title}</b></p>}
        <button type='button' class='plain' disabled={isLeaving} onClick={disconnect}>{text.disconnect}</button>
      </div>
    </details>
  )
}

function closeOnEscape (event: KeyboardEvent & { currentTarget: HTMLDetailsElement }): void {
  if (event.key !== 'Escape' || !event.currentTarget.open) return
  event.preventDefault()
  event.currentTarget.open = false
  event.currentTarget.querySelector('summary')?.focus()
}

function closeOnLeaving (event: FocusEvent & { currentTarget: HTMLDetailsElement }): void {
  if (event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false
}
