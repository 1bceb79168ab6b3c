import type { Container, Dismissal } from './container.ts'

const FEATURES = 'popup,left=100,top=100,width=800,height=600'
const CHECK_EVERY_MS = 100

/**
 * Shows the dialog in a window of its own; to be called in the click itself.
 *
 * @returns undefined when the browser held the window back
 */
export function openWindow (address: string, { done }: Dismissal): Container | undefined {
  const opened = window.open(address, '_blank', FEATURES)
  if (opened === null) return undefined
  let isGuarded = false
  const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
  const check = setInterval(() => {
    if (!opened.closed) return
    stop()
    done()
  }, CHECK_EVERY_MS)
  const stop = (): void => {
    clearInterval(check)
    window.removeEventListener('beforeunload', warn)
  }
  return {
    source: () => opened,
    focus () {},
    hide () {},
    guard (isOn) {
      isGuarded = isOn
      if (isOn) window.addEventListener('beforeunload', warn)
      else window.removeEventListener('beforeunload', warn)
    },
    leave: () => clearInterval(check),
    close () {
      stop()
      // One that is guarded would ask; it is told to end and closes itself.
      if (!isGuarded) opened.close()
    }
  }
}
