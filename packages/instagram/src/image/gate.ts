import { ContactsheetError } from '../errors.ts'

/** Heavy work (AVIF with effort, animations, huge pictures) may hold only some of the places, so that it cannot starve the rest. */
export type Lane = 'light' | 'heavy'

export interface GateOptions {
  /** Places for work. */
  slots: number
  /** Places that heavy work may hold. @defaultValue half of them, rounded up */
  heavySlots?: number
  /** Who waits beyond this many is refused. */
  maxWaiting: number
  /** Whose turn would come, or comes, later than this is refused. */
  maxWaitMs: number
  now?: () => number
}

export interface Visit<Result> {
  lane: Lane
  /** What this kind of work took lately. */
  expectedMs: number
  /** The place that this work should have because its pixels are there, unless that is busy for long; asked when a place is free. */
  owner?: () => number | undefined
  run: (slot: number) => Promise<Result>
  signal?: AbortSignal | undefined
}

export interface Gate {
  /** @throws {ContactsheetError} CONVERSION_BUSY with `retryAfterSeconds`; the signal's reason when the caller leaves while waiting */
  enter: <Result>(visit: Visit<Result>) => Promise<Result>
  readonly running: number
  readonly waiting: number
}

interface Waiting {
  visit: Pick<Visit<unknown>, 'lane' | 'expectedMs' | 'owner'>
  begin: (slot: number) => void
}

/** Lets so many conversions run at a time, the oldest first, and refuses early what could not be answered in time. */
export function createGate ({ slots, heavySlots = Math.ceil(slots / 2), maxWaiting, maxWaitMs }: GateOptions): Gate {
  const free = new Set(Array.from({ length: slots }, (_, slot) => slot))
  const queue: Waiting[] = []
  const running = new Map<number, Pick<Visit<unknown>, 'lane' | 'expectedMs'>>()

  const heavyRunning = (): number => [...running.values()].filter(({ lane }) => lane === 'heavy').length

  /** Time until a newcomer of this lane would begin. */
  function expectedWaitMs (lane: Lane): number {
    const ahead = [...queue.map(({ visit }) => visit), ...running.values()].filter(visit => lane === 'light' || visit.lane === 'heavy')
    const work = ahead.reduce((sum, { expectedMs }) => sum + expectedMs, 0)
    return work / (lane === 'heavy' ? heavySlots : slots)
  }

  function admits (entry: Waiting, slot: number): boolean {
    if (entry.visit.lane === 'heavy' && heavyRunning() >= heavySlots) return false
    const owner = entry.visit.owner?.()
    return owner === undefined || owner === slot || running.get(owner)?.lane === 'heavy'
  }

  function fill (): void {
    for (const slot of free) {
      const at = queue.findIndex(entry => admits(entry, slot))
      if (at === -1) continue
      const [next] = queue.splice(at, 1)
      free.delete(slot)
      next?.begin(slot)
    }
  }

  function refuseIfFull (lane: Lane): void {
    const waitMs = expectedWaitMs(lane)
    if (free.size > 0 && queue.length === 0) return
    if (queue.length < maxWaiting && waitMs <= maxWaitMs) return
    throw busy(waitMs)
  }

  /** Resolves with a place. */
  function turnOf (visit: Waiting['visit'], signal: AbortSignal | undefined): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    const leave = (error: unknown): void => {
      queue.splice(queue.indexOf(entry), 1)
      settle()
      reject(error)
    }
    const onAbort = (): void => leave(signal?.reason)
    const timer = setTimeout(() => leave(busy(expectedWaitMs(visit.lane))), maxWaitMs)
    const settle = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
    const entry: Waiting = {
      visit,
      begin (slot) {
        running.set(slot, visit)
        settle()
        resolve(slot)
      }
    }
    queue.push(entry)
    signal?.addEventListener('abort', onAbort)
    fill()
    return promise
  }

  return {
    get running () { return running.size },
    get waiting () { return queue.length },
    async enter ({ lane, expectedMs, owner, run, signal }) {
      signal?.throwIfAborted()
      refuseIfFull(lane)
      const visit = { lane, expectedMs, ...(owner === undefined ? {} : { owner }) }
      const slot = await turnOf(visit, signal)
      try {
        return await run(slot)
      } finally {
        running.delete(slot)
        free.add(slot)
        fill()
      }
    }
  }
}

function busy (waitMs: number): ContactsheetError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1_000))
  return new ContactsheetError('CONVERSION_BUSY', `too many conversions are waiting; try again in ${retryAfterSeconds} s`, { retryAfterSeconds })
}
