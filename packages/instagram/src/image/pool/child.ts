// The program of one process of the pool. It is told what to convert, and ends when the server does.
import { setPriority } from 'node:os'
import { ContactsheetError } from '../../errors.ts'
import type { Pixels } from '../picture.ts'
import { createPixelCache, PIXELS_KEPT_MS } from '../pixel-cache.ts'
import { prepareSharp } from '../prepare-sharp.ts'
import { release } from '../release.ts'
import { writeResultFile } from '../result-file.ts'
import { runConversion, type Task } from '../run-conversion.ts'
import type { Answer, Order } from './messages.ts'

/** As `nice` counts: a tenth of the share of a process at 0 that wants the same processor. */
const LOWER_PRIORITY = 10

// The server comes first: what is known already is answered at once, however much new work there is.
setPriority(LOWER_PRIORITY)
prepareSharp()
/** Pixels that are kept no more; they are given back when the picture that is being made cannot be using them. */
const dropped: Pixels[] = []
const cache = createPixelCache(Number(process.argv[2]), PIXELS_KEPT_MS, pixels => { dropped.push(pixels) })
let underway = 0

process.on('disconnect', () => process.exit())
process.on('message', (order: Order) => {
  if ('forget' in order) return cache.forget(order.forget)
  underway += 1
  answer(order.id, order.task).then(send, () => process.exit(1))
})

function send (reply: Answer): void {
  process.send?.(reply)
  underway -= 1
  if ('result' in reply) release(reply.result.bytes)
  if (underway === 0) for (const { data } of dropped.splice(0)) release(data)
}

async function answer (id: number, task: Task): Promise<Answer> {
  try {
    const result = await runConversion(task, cache)
    if (task.keepAt !== undefined) writeResultFile(task.keepAt, result)
    return { id, result }
  } catch (error) {
    if (!(error instanceof ContactsheetError)) throw error
    return { id, refusal: { code: error.code, message: error.message, detail: String(error.cause ?? '') } }
  }
}
