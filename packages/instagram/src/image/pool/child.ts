// The program of one process of the pool. It is told what to convert, and ends when the server does.
import { setPriority } from 'node:os'
import { ContactsheetError } from '../../errors.ts'
import { createPixelCache } from '../pixel-cache.ts'
import { prepareSharp } from '../prepare-sharp.ts'
import { writeResultFile } from '../result-file.ts'
import { runConversion, type Task } from '../run-conversion.ts'
import type { Answer, Order } from './messages.ts'

/** As `nice` counts: a tenth of the share of a process at 0 that wants the same processor. */
const LOWER_PRIORITY = 10

// The server comes first: what is known already is answered at once, however much new work there is.
setPriority(LOWER_PRIORITY)
prepareSharp()
const cache = createPixelCache(Number(process.argv[2]))

process.on('disconnect', () => process.exit())
process.on('message', (order: Order) => {
  if ('forget' in order) return cache.forget(order.forget)
  answer(order.id, order.task).then(reply => process.send?.(reply), () => process.exit(1))
})

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
