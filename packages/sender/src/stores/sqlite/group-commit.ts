import type { DatabaseSync } from 'node:sqlite'

/** The event loop gets its turn after so many operations, even when more are waiting. */
const MAX_OPERATIONS = 2_000

interface Waiting {
  operation: () => unknown
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
  value?: unknown
}

/**
 * Runs everything that was asked for within one turn of the event loop in one transaction, so that a hundred callers
 * share one fsync. An operation's promise resolves after the commit.
 */
export class GroupCommit {
  readonly #database: DatabaseSync
  readonly #begin
  readonly #commit
  #waiting: Waiting[] = []
  #isScheduled = false

  constructor (database: DatabaseSync) {
    this.#database = database
    this.#begin = database.prepare('BEGIN IMMEDIATE')
    this.#commit = database.prepare('COMMIT')
  }

  run<Value> (operation: () => Value): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      this.#waiting.push({ operation, resolve: resolve as (value: unknown) => void, reject })
      this.#schedule()
    })
  }

  /** Commits everything that is waiting now. */
  drain (): void {
    while (this.#waiting.length > 0) this.#flush()
  }

  #flush (): void {
    this.#isScheduled = false
    const group = this.#waiting.splice(0, MAX_OPERATIONS)
    if (this.#waiting.length > 0) this.#schedule()
    if (group.length === 0) return
    try {
      this.#commitTogether(group)
    } catch {
      // One of them failed and took the others with it: each gets its own transaction, and its own error.
      for (const waiting of group) this.#commitAlone(waiting)
      return
    }
    for (const { resolve, value } of group) resolve(value)
  }

  #schedule (): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => this.#flush())
  }

  #commitTogether (group: Waiting[]): void {
    this.#begin.run()
    try {
      for (const waiting of group) waiting.value = waiting.operation()
      this.#commit.run()
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  #commitAlone (waiting: Waiting): void {
    try {
      this.#commitTogether([waiting])
    } catch (error) {
      waiting.reject(error)
      return
    }
    waiting.resolve(waiting.value)
  }
}
