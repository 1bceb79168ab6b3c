import type { ContactsheetErrorCode } from '../../errors.ts'
import type { Task, RunResult } from '../run-conversion.ts'

/** From the server to a child. */
export type Order = { id: number, task: Task } | { forget: string }

/** From a child to the server. */
export type Answer = { id: number, result: RunResult } | { id: number, refusal: { code: ContactsheetErrorCode, message: string, detail: string } }
