/** Browsers take a step back within milliseconds; a dialog that has lost its process never does. */
const GIVES_UP_AFTER_MS = 300

export interface WayBack {
  /** The dialog has added to the history, or taken back, so that it has made so many steps there. */
  moved: (steps: number) => void
  /** Has them taken back, so that Back leads where it led before. A page that has moved on by itself is left where it is. */
  leave: () => Promise<void>
}

/**
 * The steps that a dialog in a frame makes in the history of the page.
 *
 * @param unwind - asks the dialog to take its steps back
 */
export function createWayBack (unwind: () => void): WayBack {
  const { history, location } = window
  const { state } = history
  const { href } = location
  let steps = 0
  let arrived = (): void => {}
  return {
    moved (to) {
      steps = to
      if (to === 0) arrived()
    },
    async leave () {
      if (steps === 0 || location.href !== href || history.state !== state) return
      await new Promise<void>(resolve => {
        arrived = resolve
        setTimeout(resolve, GIVES_UP_AFTER_MS)
        unwind()
      })
    }
  }
}

/** Whether a dialog may make steps: in a window they go with it, and two dialogs over each other would take each other's. */
export function mayMakeSteps (container: string): boolean {
  return container !== 'window' && document.getElementById('filepicker_shade') === null
}
