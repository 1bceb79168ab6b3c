import { EventEmitter } from 'node:events'
import { Readable, Writable } from 'node:stream'
import { run } from '../../src/cli/run.ts'

export const HOST_SECRET = 'a host key for tests only'

export interface CliRun {
  code: number
  stdout: string
  stderr: string
}

export interface CliOptions {
  env?: Record<string, string>
  /** Standard input. */
  input?: string
  /** Standard error is a terminal. */
  isTerminal?: boolean
}

/** A command line run in this process, with streams and an environment of its own. */
export async function cli (args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const running = start(args, options)
  return await running.ended
}

export interface RunningCli {
  readonly ended: Promise<CliRun>
  /** Resolves with the text once standard output has it. */
  said (text: string | RegExp): Promise<string>
  signal (name: 'SIGINT' | 'SIGTERM'): void
}

/** A command that goes on until it is told to end. */
export function start (args: readonly string[], { env = {}, input = '', isTerminal = false }: CliOptions = {}): RunningCli {
  const signals = new EventEmitter()
  const stdout = new Heard()
  const stderr = Object.assign(new Heard(), { isTTY: isTerminal })
  const ended = run(args, {
    stdout,
    stderr,
    stdin: Readable.from([Buffer.from(input)]),
    env: { CONTACTSHEET_SENDER_SECRETS: HOST_SECRET, CONTACTSHEET_SENDER_ALLOW: '127.0.0.1', ...env },
    on: (name, listener) => signals.on(name, listener),
    off: (name, listener) => signals.off(name, listener)
  }).then(code => ({ code, stdout: stdout.text, stderr: stderr.text }))
  return {
    ended,
    said: text => stdout.said(text),
    signal: name => { signals.emit(name) }
  }
}

class Heard extends Writable {
  text = ''
  readonly #waiting: Array<() => void> = []

  override _write (chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += String(chunk)
    for (const check of this.#waiting) check()
    done()
  }

  async said (text: string | RegExp): Promise<string> {
    const isSaid = (): boolean => typeof text === 'string' ? this.text.includes(text) : text.test(this.text)
    if (!isSaid()) await new Promise<void>(resolve => this.#waiting.push(() => { if (isSaid()) resolve() }))
    return this.text
  }
}
