import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/** Paints on threads of its own, so that neither the emulator nor a host in the same process stands still meanwhile. */
export interface Painter {
  paint: (photo: number) => Promise<Buffer>
  /** Ends the threads; photos underway are rejected. */
  close: () => Promise<void>
}

/** What a thread answers. */
export type Painted = { photo: number, bytes: Uint8Array } | { photo: number, message: string }

interface Desk { worker: Worker, waiting: Map<number, PromiseWithResolvers<Buffer>> }

const THREADS = Math.min(4, availableParallelism())
/** The source runs as .ts, the published package as .js. */
const SCRIPT = new URL(`paint-thread${import.meta.url.slice(-3)}`, import.meta.url)

/** Threads start with the first photo, and do not keep the process alive. */
export function createPainter (threads = THREADS): Painter {
  const desks: Desk[] = []
  return {
    paint: async photo => {
      if (desks.length < threads && desks.every(({ waiting }) => waiting.size > 0)) desks.push(openDesk(desks))
      const [desk] = desks.sort((a, b) => a.waiting.size - b.waiting.size)
      if (desk === undefined) throw new Error('a painter needs at least one thread')
      const answer = desk.waiting.get(photo) ?? Promise.withResolvers<Buffer>()
      if (!desk.waiting.has(photo)) desk.worker.postMessage(photo)
      desk.waiting.set(photo, answer)
      return await answer.promise
    },
    close: async () => { await Promise.all(desks.splice(0).map(async ({ worker }) => await worker.terminate())) }
  }
}

function openDesk (desks: Desk[]): Desk {
  const desk: Desk = { worker: new Worker(SCRIPT, { execArgv: [] }), waiting: new Map() }
  const giveUp = (reason: Error): void => {
    if (desks.includes(desk)) desks.splice(desks.indexOf(desk), 1)
    for (const { reject } of desk.waiting.values()) reject(reason)
    desk.waiting.clear()
  }
  desk.worker.unref()
  desk.worker.on('message', (painted: Painted) => {
    const answer = desk.waiting.get(painted.photo)
    desk.waiting.delete(painted.photo)
    if ('bytes' in painted) answer?.resolve(Buffer.from(painted.bytes))
    else answer?.reject(new Error(painted.message))
  })
  desk.worker.on('error', giveUp)
  desk.worker.on('exit', () => { giveUp(new Error('the painting thread ended')) })
  return desk
}
