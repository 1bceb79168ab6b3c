/** Layers of the dialog that the browser's Back takes away, the last one first. */
export interface BackSteps {
  /** Adds a layer on top. @param goBack - called by Back. @returns takes the layer away, when it closes by other means */
  add: (goBack: () => void) => () => void
  /** Goes back to where the history was before the first layer. */
  unwind: () => void
}

/** For a page that would not hear of the steps, so that they would be left in its history. */
export const NO_STEPS: BackSteps = { add: () => () => {}, unwind () {} }

const KEY = 'contactsheet'

/**
 * One step of the history for each layer. Going through the history takes its time, and meanwhile layers come and go; so nothing is taken
 * back one by one: whenever the history stands still it is brought to as many steps as there are layers.
 *
 * @param tell - told how many steps there are, whenever that changes
 */
export function createBackSteps ({ history, addEventListener }: Window & typeof globalThis, tell: (steps: number) => void): BackSteps {
  let layers: Array<() => void> = []
  let steps = stepsIn(history.state)
  let isMoving = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function settle (): void {
    timer = undefined
    if (isMoving) return
    if (steps > layers.length) {
      isMoving = true
      history.go(layers.length - steps)
    } else if (steps < layers.length) {
      while (steps < layers.length) history.pushState({ [KEY]: ++steps }, '')
      tell(steps)
    }
  }
  /** After everything that happens at the same time: what Back has closed is gone by then, what has only asked a question is still there. */
  const settleSoon = (): void => { timer ??= setTimeout(settle) }

  addEventListener('popstate', ({ state }) => {
    const isByPerson = !isMoving
    isMoving = false
    steps = stepsIn(state)
    tell(steps)
    if (isByPerson) for (const goBack of layers.slice(steps).reverse()) goBack()
    settleSoon()
  })
  return {
    add (goBack) {
      layers.push(goBack)
      settleSoon()
      return () => {
        layers = layers.filter(layer => layer !== goBack)
        settleSoon()
      }
    },
    unwind () {
      layers = []
      settle()
    }
  }
}

function stepsIn (state: unknown): number {
  const steps = (state as Record<string, unknown> | null)?.[KEY]
  return typeof steps === 'number' ? steps : 0
}
