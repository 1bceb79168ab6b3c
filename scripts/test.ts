// The gate: lint, types, unit and integration tests, package checks, examples, browser tests.
//
//   npm test                everything
//   npm test -- --fast      without browser, PostgreSQL, published packages, the plugin's routes and emulator, and the slowest tests
//
// Every step runs even when an earlier one failed, so that one run tells all. Ends with "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readTapReport } from './tap-report.ts'

interface Step { name: string, command: string, args: string[], countsTests?: boolean }
interface Count { passed: number, failed: number }

const isFast = process.argv.includes('--fast')
const reports = mkdtempSync(join(tmpdir(), 'contactsheet-test-'))

const tap = (name: string, places: string[]): Step =>
  ({ name, command: 'node', args: ['scripts/tap.ts', ...places], countsTests: true })

const checks: Step[] = [
  { name: 'lint', command: 'pnpm', args: ['run', 'lint'] },
  { name: 'types', command: 'tsc', args: ['-b'] },
  { name: 'nothing unused', command: 'pnpm', args: ['run', 'knip'] },
  { name: 'build', command: 'pnpm', args: ['run', 'build'] }
]
const mainJob: Step = { name: 'the main job', command: 'node', args: ['--conditions=contactsheet-source', 'scripts/start.ts', '--once'] }

const steps: Step[] = isFast
  ? [...checks, mainJob, tap('tests', ['--fast', 'packages', 'test/interop', 'test/host'])]
  : [
      ...checks,
      tap('packages', ['packages']),
      tap('interop', ['test/interop']),
      mainJob,
      tap('the host example', ['test/host']),
      tap('published packages', ['test/packages']),
      tap('browser', ['test/browser'])
    ]

/** The runner's own display may be lost with its pipe, or say nothing of a file that passed and then died; what the gate tells is what the report holds. */
function countOf (report: string, status: number | null): Count {
  const { passed, failures } = readTapReport(report)
  for (const failure of failures) console.log(`\n✖ ${failure}`)
  if (failures.length === 0 && (status !== 0 || passed === 0)) return { passed, failed: 1 }
  return { passed, failed: failures.length }
}

function run (step: Step): Count {
  console.log(`\n── ${step.name}`)
  const report = join(reports, `${step.name}.tap`)
  const args = step.countsTests ? [...step.args, '--', `--output-file=${report}`] : step.args
  const startedAt = Date.now()
  const { status, signal } = spawnSync(step.command, args, { stdio: 'inherit' })
  const count = step.countsTests ? countOf(report, status) : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 }
  const assertions = step.countsTests ? `${count.passed} assertions ` : ''
  const verdict = count.failed === 0 ? 'passed' : `FAILED (${signal ?? `exit code ${status}`})`
  console.log(`── ${step.name}: ${assertions}${verdict} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
  return count
}

const total: Count = { passed: 0, failed: 0 }
if (isFast) console.log('Without the browser, PostgreSQL, published packages, the plugin\'s routes and emulator, and tests that say "slow" in their names; npm test runs all.')
for (const step of steps) {
  const count = run(step)
  total.passed += count.passed
  total.failed += count.failed
}
rmSync(reports, { recursive: true, force: true })
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
