import { useEffect, useState } from 'preact/hooks'
import { Question } from './closing/question.tsx'
import { CloseContext, useClosing } from './closing/use-closing.ts'
import { useDialog } from './context.ts'
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
  const { config, api, opener } = useDialog()
  const [screen, setScreen] = useState<Screen>({ name: 'opening' })
  const [round, setRound] = useState(0)
  const [hasCaptions, setCaptions] = useState(false)
  const { close, setStake, question, stay, leave } = useClosing()

  useEffect(() => {
    const refusal = refusalOf(config.refusal, config.offersInstagram, opener.isThere)
    if (refusal !== undefined) return setScreen({ name: 'problem', problem: refusal })
    const failure = returnedWith(window.location, window.history)
    const aborter = new AbortController()
    api.status(aborter.signal).then(({ status, username = '' }) => {
      if (status === 'connected') setScreen({ name: 'gallery', username })
      else if (failure !== undefined) setScreen({ name: 'problem', problem: failure })
      else if (status === 'reconnect') setScreen({ name: 'problem', problem: { name: 'expired' } })
      else setScreen(config.opensInstagram ? { name: 'connect' } : { name: 'services' })
    }).catch((error: unknown) => {
      if (!aborter.signal.aborted) setScreen({ name: 'problem', problem: problemOf(error) })
    })
    return () => aborter.abort()
  }, [round])

  const connected = (username: string): void => setScreen({ name: 'gallery', username })
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
      {screen.name === 'problem' && <ProblemScreen problem={screen.problem} onRetry={() => setRound(round + 1)} onConnected={connected} onDisconnected={disconnected} />}
      {question !== undefined && <Question stake={question} onStay={stay} onLeave={leave} />}
    </CloseContext.Provider>
  )
}

function refusalOf (refusal: 'APP_UNKNOWN' | 'ORIGIN_NOT_ALLOWED' | undefined, offersInstagram: boolean, isOpenerThere: boolean): Problem | undefined {
  if (refusal === 'APP_UNKNOWN') return { name: 'unknownApp' }
  if (refusal === 'ORIGIN_NOT_ALLOWED') return { name: 'foreignPage' }
  if (!isOpenerThere) return { name: 'noOpener' }
  return offersInstagram ? undefined : { name: 'notOffered' }
}
