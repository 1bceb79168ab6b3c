import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
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
  run: (task: Task) => Promise<TaskResult>
  tell: (order: Order) => void
  readonly pid: number | undefined
  close: () => Promise<void>
}

/** From source this file ends in `.ts`, from `dist` in `.js`; so does the program beside it. */
const PROGRAM = fileURLToPath(new URL(`./child.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url))

/** Neither the server's secrets nor its settings: only what libvips, and fontconfig below it, need. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'FONTCONFIG_PATH', 'FONTCONFIG_FILE', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot']

function start (pixelCacheBytes: number): ChildProcess {
  const child = fork(PROGRAM, [String(pixelCacheBytes)], {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      ...Object.fromEntries(PASSED_ON.flatMap(name => process.env[name] === undefined ? [] : [[name, process.env[name]]])),
      UV_THREADPOOL_SIZE: '1',
      MALLOC_ARENA_MAX: '2'
    }
  })
  child.unref()
  child.channel?.unref()
  return child
}

export function createWorker ({ pixelCacheBytes, onRestart }: { pixelCacheBytes: number, onRestart: (reason: 'deadline' | 'ended') => void }): Worker {
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

  function replace (): void {
    child?.kill('SIGKILL')
    child = begin()
    onRestart('deadline')
  }

  return {
    get pid () { return child?.pid },

    async run (task) {
      if (!isOpen) throw new ContactsheetError('CONVERSION_BUSY', 'the server is stopping', { retryAfterSeconds: 1 })
      const id = ++lastId
      child ??= begin()
      const { promise, resolve } = Promise.withResolvers<Answer | Error>()
      const timer = setTimeout(() => {
        replace()
        resolve(timedOut(task.limits.deadlineMs))
      }, task.limits.deadlineMs)
      pending = { id, settle: resolve }
      child.channel?.ref()
      child.send({ id, task } satisfies Order, error => { if (error !== null) resolve(new ChildEndedError('the process was gone', { cause: error })) })
      const answer = await promise
      clearTimeout(timer)
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
