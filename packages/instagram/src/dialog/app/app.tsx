import { useEffect, useState } from 'preact/hooks'
import { Question } from './closing/question.tsx'
import { CloseContext, useClosing } from './closing/use-closing.ts'
import { useDialog, type Dialog } from './context.ts'
import { Gallery } from './gallery/gallery.tsx'
import { Header } from './header.tsx'
import { problemOf, type Problem } from './problems.ts'
import { ProblemScreen } from './problem-screen.tsx'
import { returnedWith } from './returned.ts'
import { Connect } from './sign-in/connect.tsx'
import { Services } from './sign-in/services.tsx'

type Screen =
  | { name: 'opening' }
  | { name: 'services' }
  | { name: 'connect' }
  | { name: 'gallery', username: string }
  | { name: 'problem', problem: Problem }

/** The dialog: at any moment one screen below one header. */
export function App () {
  const dialog = useDialog()
  const [screen, setScreen] = useState<Screen>({ name: 'opening' })
  const [round, setRound] = useState(0)
  const [hasCaptions, setCaptions] = useState(false)
  const { close, setStake, question, stay, leave } = useClosing()

  useEffect(() => {
    const aborter = new AbortController()
    firstScreen(dialog, aborter.signal).then(setScreen, (error: unknown) => {
      if (!aborter.signal.aborted) setScreen({ name: 'problem', problem: problemOf(error) })
    })
    return () => aborter.abort()
  }, [round])

  const connected = (username: string): void => setScreen({ name: 'gallery', username })
  const retry = (): void => {
    setScreen({ name: 'opening' })
    setRound(round + 1)
  }
  const disconnected = (): void => setScreen({ name: 'connect' })
  return (
    <CloseContext.Provider value={close}>
      <Header
        username={screen.name === 'gallery' ? screen.username : undefined} hasCaptions={hasCaptions}
        onCaptions={setCaptions} onDisconnected={disconnected}
      />
      {screen.name === 'opening' && <main class='opening' aria-busy='true' />}
      {screen.name === 'services' && <Services onChosen={() => setScreen({ name: 'connect' })} />}
      {screen.name === 'connect' && <Connect onConnected={connected} onDisconnected={disconnected} />}
      {screen.name === 'gallery' && <Gallery key={screen.username} username={screen.username} hasCaptions={hasCaptions} onReconnected={connected} onDisconnected={disconnected} onStake={setStake} />}
      {screen.name === 'problem' && <ProblemScreen problem={screen.problem} onRetry={retry} onConnected={connected} onDisconnected={disconnected} />}
      {question !== undefined && <Question stake={question} onStay={stay} onLeave={leave} />}
    </CloseContext.Provider>
  )
}

/** What the dialog begins with; only a page that may pick gets as far as asking the server. */
async function firstScreen ({ config, api, opener }: Dialog, signal: AbortSignal): Promise<Screen> {
  const refusal = refusalOf(config.refusal, config.offersInstagram, opener.isThere)
  if (refusal !== undefined) return { name: 'problem', problem: refusal }
  const failure = returnedWith(window.location, window.history)
  const { status, username = '' } = await api.status(signal)
  if (status === 'connected') return { name: 'gallery', username }
  if (failure !== undefined) return { name: 'problem', problem: failure }
  if (status === 'reconnect') return { name: 'problem', problem: { name: 'expired' } }
  return { name: config.opensInstagram ? 'connect' : 'services' }
}

function refusalOf (refusal: 'APP_UNKNOWN' | 'ORIGIN_NOT_ALLOWED' | undefined, offersInstagram: boolean, isOpenerThere: boolean): Problem | undefined {
  if (refusal === 'APP_UNKNOWN') return { name: 'unknownApp' }
  if (refusal === 'ORIGIN_NOT_ALLOWED') return { name: 'foreignPage' }
  if (!isOpenerThere) return { name: 'noOpener' }
  return offersInstagram ? undefined : { name: 'notOffered' }
}
