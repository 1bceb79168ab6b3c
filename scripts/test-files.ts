// Which test files a run has, and how each is run: as a program of its own that prints TAP, several at a time.
//
// Node alone runs them. tap's own command puts its instruments for coverage into every process, and into every process that a test
// starts; nobody reads them here, and they cost more than the tests.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { readTapReport, type TapReport } from './tap-report.ts'
import { processorSecondsOfEnded, type FileTime } from './times.ts'
import { print, showProgress } from './terminal.ts'

export interface Count { passed: number, failed: number }
export interface SuiteCount extends Count { times: FileTime[] }

const root = join(import.meta.dirname, '..')
const LEFT_OUT = /postgres|\.slow\.test\.ts$|instagram\/test\/(?:routes|emulator)\//
/** By their names, those that take longest: they begin first, so that at the end no processor waits for one of them. */
const LONG = /^test\/browser\/|postgres|\.slow\.test\.ts$/
const TIMEOUT_SECONDS = 300
/** For a process that does not even end by its own timeout. */
const KILL_AFTER_MS = (TIMEOUT_SECONDS + 30) * 1000

const nodeOptions = ['--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning']
const environment = {
  ...process.env,
  TAP: '1',
  TAP_TIMEOUT: String(TIMEOUT_SECONDS),
  // The processes read much the same modules: what Node made of them is kept.
  NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node')
}

/** The test files below the given folders, and the given files themselves, long ones first; the fast run leaves out those of the folders that take long. */
export function testFilesOf (places: string[], { isFast = false } = {}): string[] {
  const filesBelow = (folder: string): string[] =>
    globSync(`${folder}/**/*.test.ts`, { exclude: name => name === 'node_modules' || name === 'dist' }).sort()
  const files = places.flatMap(place => statSync(place).isDirectory() ? filesBelow(place) : [place])
  const wanted = isFast ? files.filter(file => !LEFT_OUT.test(file)) : files
  return [...wanted.filter(file => LONG.test(file)), ...wanted.filter(file => !LONG.test(file))]
}

/** Prints what failed, when it failed. */
export async function runTestFiles (files: string[], jobs: number): Promise<SuiteCount> {
  const total: SuiteCount = { passed: 0, failed: 0, times: [] }
  const waiting = files.values()
  processorSecondsOfEnded()
  let done = 0
  const runWaiting = async (): Promise<void> => {
    for (const file of waiting) {
      const { passed, failures, time } = await runTestFile(file)
      for (const failure of failures) print(`\n✖ ${failure}`)
      total.passed += passed
      total.failed += failures.length
      total.times.push(time)
      showProgress(`${++done} of ${files.length} files, ${total.passed} assertions passed, ${total.failed} failed`)
    }
  }
  await Promise.all(Array.from({ length: jobs }, runWaiting))
  showProgress()
  return total
}

async function runTestFile (file: string): Promise<TapReport & { time: FileTime }> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...nodeOptions, file], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'], timeout: KILL_AFTER_MS, killSignal: 'SIGKILL' })
  const processorSeconds = once(child, 'exit').then(processorSecondsOfEnded)
  const [output, errors, [code, signal]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  const time = { file, seconds: (performance.now() - startedAt) / 1000, processorSeconds: await processorSeconds }
  if (errors !== '') print(`\n${file} wrote to its standard error:\n${errors.trimEnd()}`)
  const report = { ...readTapReport(file, output), time }
  if (report.failures.length > 0) return report
  if (code !== 0) report.failures.push(`${file} ended with ${signal ?? `exit code ${code}`}`)
  else if (!report.isWhole) report.failures.push(`${file} ended in the middle of its tests`)
  else if (report.passed === 0) report.failures.push(`${file} asserted nothing`)
  return report
}
