import { DatabaseSync } from 'node:sqlite'
import { SenderError } from '../../errors.ts'

const SQLITE_BUSY = 5

/**
 * Makes this process the only writer of a database file. The lock is one of the operating system's, held on a small
 * file beside the database, so it ends with the process, however that dies; readers of the database itself stay free.
 *
 * @returns the function that gives the lock back
 * @throws {SenderError} SENDER_DATABASE_LOCKED, SENDER_DATABASE_UNREADABLE
 */
export function lockWriter (path: string): () => void {
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(`${path}-writer`, { timeout: 0 })
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    lock?.close()
    throw refusal(path, error)
  }
  const held = lock
  return () => held.close()
}

function refusal (path: string, cause: unknown): SenderError {
  const isHeld = cause instanceof Error && 'errcode' in cause && cause.errcode === SQLITE_BUSY
  if (!isHeld) return new SenderError('SENDER_DATABASE_UNREADABLE', `cannot write beside ${path}: does its folder exist, and is it writable?`, { cause })
  return new SenderError('SENDER_DATABASE_LOCKED',
    `another process delivers from ${path}: stop it first, use its HTTP API, or let several share a PostgreSQL database`, { cause })
}
