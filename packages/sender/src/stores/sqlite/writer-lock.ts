import { DatabaseSync } from 'node:sqlite'
import { SenderError } from '../../errors.ts'

/**
 * Makes this process the only writer of a database file. The lock is one of the operating system's, held on a small
 * file beside the database, so it ends with the process, however that dies; readers of the database itself stay free.
 *
 * @returns the function that gives the lock back
 * @throws {SenderError} SENDER_DATABASE_LOCKED
 */
export function lockWriter (path: string): () => void {
  const lock = new DatabaseSync(`${path}-writer`, { timeout: 0 })
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw new SenderError('SENDER_DATABASE_LOCKED',
      `another process delivers from ${path}: stop it first, use its HTTP API, or let several share a PostgreSQL database`,
      { cause: error })
  }
  return () => lock.close()
}
