// The gate: lint, types, unit and integration tests, package checks, examples, browser tests.
//
//   npm test                everything
//   npm test -- --fast      without browser, PostgreSQL, published packages, the plugin's routes and emulator, and the slowest tests
//   npm test -- --times     also how long each test file took
//
// Every step runs even when an earlier one failed, so that one run tells all. Ends with "N passed, N failed".
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { text } from 'node:stream/consumers'
import { print } from './terminal.ts'
import { runTestFiles, testFilesOf, type Count } from './test-files.ts'
import { timesTable } from './times.ts'

interface Step { name: string, command: string, args: string[] }

const isFast = process.argv.includes('--fast')
const tellsTimes = process.argv.includes('--times')

const building: Step[] = [
  { name: 'types', command: 'tsc', args: ['-b'] },
  { name: 'build', command: 'pnpm', args: ['run', 'build'] },
  { name: 'the main job', command: 'node', args: ['--conditions=contactsheet-source', 'scripts/start.ts', '--once'] }
]
const reading: Step[] = [
  { name: 'lint', command: 'pnpm', args: ['run', 'lint'] },
  { name: 'nothing unused', command: 'pnpm', args: ['run', 'knip'] }
]
const places = isFast ? ['packages', 'test/interop', 'test/host'] : ['packages', 'test/interop', 'test/host', 'test/packages', 'test/browser']

// Some tests wait for a pause of seconds: meanwhile another uses the processor.
const jobs = availableParallelism() + (isFast ? 1 : 0)

const verdict = ({ failed }: Count, startedAt: number): string =>
  `${failed === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`

/** What it prints appears in one piece when it has ended: another step may run beside it. */
async function check ({ name, command, args }: Step): Promise<Count> {
  const startedAt = Date.now()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  const count = code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  print(`\n── ${name}: ${verdict(count, startedAt)}\n${output}${errors}`.trimEnd())
  return count
}

async function checkInTurn (steps: Step[]): Promise<Count[]> {
  const counts: Count[] = []
  for (const step of steps) counts.push(await check(step))
  return counts
}

async function runTests (): Promise<Count> {
  const startedAt = Date.now()
  const files = testFilesOf(places, { isFast })
  print(`\n── tests: ${files.length} files`)
  const count = await runTestFiles(files, jobs)
  print(`── tests: ${count.passed} assertions ${verdict(count, startedAt)}`)
  if (tellsTimes) print(timesTable(count.times))
  return count
}

if (isFast) print('Without the browser, PostgreSQL, published packages, the plugin\'s routes and emulator, and tests that say "slow" in their names; npm test runs all.')
const counts = (await Promise.all([checkInTurn(building), checkInTurn(reading)])).flat()
counts.push(await runTests())

const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
print(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
