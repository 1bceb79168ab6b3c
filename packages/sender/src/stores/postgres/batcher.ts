import { SenderError } from '../../errors.ts'

/** More operations than this do not go into one transaction. */
const MAX_OPERATIONS = 500

interface Waiting<Given, Answer> {
  given: Given
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

/**
 * Runs operations of one kind in groups: what is asked for while a group is under way makes up the next one. So many
 * callers share a commit without any of them waiting for company.
 */
export class Batcher<Given, Answer> {
  readonly #run: (given: Given[]) => Promise<Answer[]>
  #waiting: Array<Waiting<Given, Answer>> = []
  #running: Promise<void> | undefined

  /** @param run - all or nothing: answers in the order given, or rejects having changed nothing */
  constructor (run: (given: Given[]) => Promise<Answer[]>) {
    this.#run = run
  }

  add (given: Given): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      this.#waiting.push({ given, resolve, reject })
      this.#running ??= this.#drain()
    })
  }

  /** Resolves when nothing is under way. */
  async idle (): Promise<void> {
    await this.#running
  }

  async #drain (): Promise<void> {
    await new Promise<void>(resolve => setImmediate(resolve))
    while (this.#waiting.length > 0) await this.#runTogether(this.#waiting.splice(0, MAX_OPERATIONS))
    this.#running = undefined
  }

  async #runTogether (group: Array<Waiting<Given, Answer>>): Promise<void> {
    try {
      const answers = await this.#run(group.map(({ given }) => given))
      group.forEach(({ resolve }, index) => resolve(answers[index] as Answer))
    } catch (error) {
      // One that was refused took the others with it: each gets a transaction, and an error, of its own.
      if (group.length > 1 && isRefusal(error)) for (const waiting of group) await this.#runTogether([waiting])
      else for (const { reject } of group) reject(error)
    }
  }
}

/** An error of ours, or an SQLSTATE that is not about a connection (08), a resource (53) or a server going away (57). */
function isRefusal (error: unknown): boolean {
  if (error instanceof SenderError) return true
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^[0-9A-Z]{5}$/.test(code) && !/^(08|53|57)/.test(code)
}
