// The gate: lint, types, unit and integration tests, package checks, examples, browser tests.
//
//   npm test                everything
//   npm test -- --fast      without browser and published packages
//
// Every step runs even when an earlier one failed, so that one run tells all. Ends with "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Step { name: string, command: string, args: string[], countsTests?: boolean, slow?: boolean }
interface Count { passed: number, failed: number }

const isFast = process.argv.includes('--fast')
const reports = mkdtempSync(join(tmpdir(), 'contactsheet-test-'))

const tap = (name: string, places: string[], rest: Partial<Step> = {}): Step =>
  ({ name, command: 'node', args: ['scripts/tap.ts', ...places], countsTests: true, ...rest })

const steps: Step[] = [
  { name: 'lint', command: 'pnpm', args: ['run', 'lint'] },
  { name: 'types', command: 'tsc', args: ['-b'] },
  { name: 'nothing unused', command: 'pnpm', args: ['run', 'knip'] },
  { name: 'build', command: 'pnpm', args: ['run', 'build'] },
  tap('packages', ['packages']),
  tap('interop', ['test/interop']),
  { name: 'the main job', command: 'node', args: ['--conditions=contactsheet-source', 'scripts/start.ts', '--once'] },
  tap('the host example', ['test/host']),
  tap('published packages', ['test/packages'], { slow: true }),
  tap('browser', ['test/browser'], { slow: true })
]

/** What tap wrote in its last lines: `# { total: 3, pass: 2, fail: 1 }`. */
function countOf (report: string): Count {
  const totals = /# \{ total: (\d+)(?:, pass: (\d+))?(?:, fail: (\d+))?.*\}\s*(?:#.*\s*)*$/.exec(readFileSync(report, 'utf8'))
  return { passed: Number(totals?.[2] ?? 0), failed: Number(totals?.[3] ?? 0) }
}

function run (step: Step): Count {
  console.log(`\n── ${step.name}`)
  const report = join(reports, `${step.name}.tap`)
  const args = step.countsTests ? [...step.args, '--', `--output-file=${report}`] : step.args
  const startedAt = Date.now()
  const { status } = spawnSync(step.command, args, { stdio: 'inherit' })
  const count = step.countsTests ? countOf(report) : { passed: 0, failed: 0 }
  const isGreen = status === 0 && count.failed === 0 && (!step.countsTests || count.passed > 0)
  const assertions = step.countsTests ? `${count.passed} assertions ` : ''
  console.log(`── ${step.name}: ${assertions}${isGreen ? 'passed' : 'FAILED'} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
  if (step.countsTests) return isGreen || count.failed > 0 ? count : { ...count, failed: 1 }
  return isGreen ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

const total: Count = { passed: 0, failed: 0 }
for (const step of steps.filter(step => !(isFast && step.slow))) {
  const count = run(step)
  total.passed += count.passed
  total.failed += count.failed
}
rmSync(reports, { recursive: true, force: true })
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
