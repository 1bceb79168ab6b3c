import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const ROOT = join(import.meta.dirname, '../..')
const PLAIN = ['--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning']
/** How long a program has to put away what it started, after it was asked to stop. */
const GRACE_MS = 10_000

export interface Program {
  /** Path in the repository. */
  readonly file: string
  readonly args?: readonly string[]
  readonly nodeArgs?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly limitMs: number
}

export interface Ended {
  /** As a reader would type it. */
  command: string
  printed: string
  complaints: string
  seconds: number
  /** `passed`, or how it ended instead. */
  verdict: string
}

/** Runs one, showing what it prints. It and whatever it started are stopped after its time limit, and when the signal says so. */
export async function runProgram ({ file, args = [], nodeArgs = [], env = {}, limitMs }: Program, stop?: AbortSignal): Promise<Ended> {
  const given = [...nodeArgs, ...PLAIN, file, ...args]
  const command = [...Object.entries(env).map(([name, value]) => `${name}=${value}`), 'node', ...given].join(' ')
  console.log(`\n── ${command}`)
  const begunAt = performance.now()
  // In a process group of its own, so that what it started can be stopped with it.
  const child = spawn(process.execPath, given, { cwd: ROOT, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  const [printed, complaints] = [collect(child.stdout, process.stdout), collect(child.stderr, process.stderr)]
  const limit = AbortSignal.timeout(limitMs)
  const stopped = AbortSignal.any(stop === undefined ? [limit] : [limit, stop])
  const end = (): void => stopGroup(child)
  stopped.addEventListener('abort', end, { once: true })
  if (stopped.aborted) end()
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject).once('close', (...ended) => { resolve(ended) })
  })
  stopped.removeEventListener('abort', end)
  const verdict = stop?.aborted ? 'stopped' : limit.aborted ? `stopped after ${limitMs / 1000} s` : code === 0 ? 'passed' : `FAILED (${signal ?? `exit code ${code}`})`
  return { command, printed: printed(), complaints: complaints(), seconds: (performance.now() - begunAt) / 1000, verdict }
}

function collect (stream: NodeJS.ReadableStream, shown: NodeJS.WritableStream): () => string {
  const chunks: string[] = []
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    chunks.push(chunk)
    shown.write(chunk)
  })
  return () => stripVTControlCharacters(chunks.join('')).trim()
}

function stopGroup ({ pid }: ChildProcess): void {
  if (pid === undefined) return
  signalGroup(pid, 'SIGINT')
  setTimeout(signalGroup, GRACE_MS, pid, 'SIGKILL').unref()
}

function signalGroup (pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
