import type { ContactsheetErrorCode } from '../../errors.ts'
import type { Task, TaskResult } from '../run-conversion.ts'

/** From the server to a child. */
export type Order = { id: number, task: Task } | { forget: string }

/** From a child to the server. */
export type Answer = { id: number, result: TaskResult } | { id: number, refusal: { code: ContactsheetErrorCode, message: string, detail: string } }
