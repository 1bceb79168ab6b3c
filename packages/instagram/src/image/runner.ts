import type { Task, TaskResult } from './run-conversion.ts'

/** Does conversions, so many at a time; which place a task gets is decided by the gate. */
export interface Runner {
  readonly slots: number
  /** Results are written to `keepAt` where they are made. */
  readonly keepsResults: boolean
  /**
   * @param signal - nobody waits for the result any more: what would still take long is stopped where that can be done
   * @throws {ContactsheetError} CONVERSION_TIMED_OUT after the task's deadline, and what the conversion throws
   */
  run: (task: Task, slot: number, signal?: AbortSignal) => Promise<TaskResult>
  /** The place where a source was last, and where its pixels are if they were kept. */
  ownerOf?: (source: string) => number | undefined
  /** Drops what is kept of sources whose identity begins so. */
  forget: (prefix: string) => void
  close: () => Promise<void>
}
