import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { RestartMessage } from '../../domain/conversion/metrics.ts'
import { ContactsheetError } from '../../errors.ts'
import { timedOut } from '../in-process-runner.ts'
import type { Task, TaskResult } from '../run-conversion.ts'
import type { Answer, Order } from './messages.ts'

/** The process ended in the middle of a conversion. */
export class ChildEndedError extends Error {
  override readonly name = 'ChildEndedError'
}

/** One process that converts one picture at a time; it is started anew after its end. */
export interface Worker {
  /** @param signal - nobody waits for the result any more */
  run: (task: Task, signal?: AbortSignal) => Promise<TaskResult>
  tell: (order: Order) => void
  readonly pid: number | undefined
  close: () => Promise<void>
}

/** From source this file ends in `.ts`, from `dist` in `.js`; so does the program beside it. */
const PROGRAM = fileURLToPath(new URL(`./child.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url))

/** Neither the server's secrets nor its settings: only what libvips, and fontconfig below it, need. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'FONTCONFIG_PATH', 'FONTCONFIG_FILE', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot']

/**
 * Small heaps and few threads. Measured over 1,500 mixed conversions with two processes: 78 MiB of each one's own, 111 with a young
 * generation of 16 MiB, and no more processor time; a single thread for the engine's chores takes 5 MiB off. glibc could be told to
 * give more back, for a tenth more processor time of a conversion from pixels.
 */
const FRUGAL = {
  execArgv: ['--max-semi-space-size=1', '--v8-pool-size=1'],
  env: { UV_THREADPOOL_SIZE: '1', MALLOC_ARENA_MAX: '2' }
} as const

/**
 * Work that nobody waits for may go on as long as a new process takes to start. What ends by then cost less than the start would have,
 * and is kept; the rest is stopped, so that it never costs more than twice the better choice.
 */
const ABANDONED_MS = 250

function start (pixelCacheBytes: number): ChildProcess {
  const child = fork(PROGRAM, [String(pixelCacheBytes)], {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning', ...FRUGAL.execArgv],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      ...Object.fromEntries(PASSED_ON.flatMap(name => process.env[name] === undefined ? [] : [[name, process.env[name]]])),
      ...FRUGAL.env
    }
  })
  child.unref()
  child.channel?.unref()
  return child
}

export function createWorker ({ pixelCacheBytes, onRestart }: { pixelCacheBytes: number, onRestart: (reason: RestartMessage['reason']) => void }): Worker {
  let child: ChildProcess | undefined
  let isOpen = true
  let lastId = 0
  let pending: { id: number, settle: (answer: Answer | Error) => void } | undefined

  /** Starts the process, and another one when it ends by itself; one that never answered is only started again for the next task. */
  function begin (): ChildProcess {
    const begun = start(pixelCacheBytes)
    let hasAnswered = false
    begun.on('message', (answer: Answer) => {
      hasAnswered = true
      if (answer.id === pending?.id) pending.settle(answer)
    })
    begun.on('error', () => { begun.kill('SIGKILL') })
    begun.on('exit', () => {
      if (begun !== child) return
      if (isOpen) {
        child = hasAnswered ? begin() : undefined
        onRestart('ended')
      }
      pending?.settle(new ChildEndedError('the process ended while it converted'))
    })
    return begun
  }

  function replace (reason: RestartMessage['reason']): void {
    child?.kill('SIGKILL')
    child = begin()
    onRestart(reason)
  }

  return {
    get pid () { return child?.pid },

    async run (task, signal) {
      if (!isOpen) throw new ContactsheetError('CONVERSION_BUSY', 'the server is stopping', { retryAfterSeconds: 1 })
      const id = ++lastId
      child ??= begin()
      const { promise, resolve } = Promise.withResolvers<Answer | Error>()
      const stop = (reason: 'deadline' | 'left', error: Error) => () => {
        replace(reason)
        resolve(error)
      }
      const timers = [setTimeout(stop('deadline', timedOut(task.limits.deadlineMs)), task.limits.deadlineMs)]
      const onAbort = (): void => { timers.push(setTimeout(stop('left', new Error('nobody waits for it')), ABANDONED_MS)) }
      signal?.addEventListener('abort', onAbort)
      if (signal?.aborted === true) onAbort()
      pending = { id, settle: resolve }
      child.channel?.ref()
      child.send({ id, task } satisfies Order, error => { if (error !== null) resolve(new ChildEndedError('the process was gone', { cause: error })) })
      const answer = await promise
      timers.forEach(clearTimeout)
      signal?.removeEventListener('abort', onAbort)
      pending = undefined
      child?.channel?.unref()
      if (answer instanceof Error) throw answer
      if ('result' in answer) return answer.result
      throw new ContactsheetError(answer.refusal.code, answer.refusal.message, answer.refusal.detail === '' ? {} : { cause: new Error(answer.refusal.detail) })
    },

    tell (order) {
      if (child?.connected === true) child.send(order)
    },

    async close () {
      isOpen = false
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.ref()
      child.kill('SIGKILL')
      await exited
    }
  }
}
