import type { Container } from './container.ts'

const FEATURES = 'popup,left=100,top=100,width=800,height=600'
const CHECK_EVERY_MS = 100

/**
 * Shows the dialog in a window of its own; to be called in the click itself.
 *
 * @returns undefined when the browser held the window back
 */
export function openWindow (address: string, onClosed: () => void): Container | undefined {
  const opened = window.open(address, '_blank', FEATURES)
  if (opened === null) return undefined
  const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
  const check = setInterval(() => {
    if (!opened.closed) return
    stop()
    onClosed()
  }, CHECK_EVERY_MS)
  const stop = (): void => {
    clearInterval(check)
    window.removeEventListener('beforeunload', warn)
  }
  return {
    source: () => opened,
    focus () {},
    hide () {},
    guard: isOn => isOn ? window.addEventListener('beforeunload', warn) : window.removeEventListener('beforeunload', warn),
    leave: () => clearInterval(check),
    close () {
      stop()
      opened.close()
    }
  }
}
