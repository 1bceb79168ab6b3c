import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { markdownTable } from './page.ts'

export interface Check {
  what: string
  measured: string | number
  /** What must be reached; absent: told for comparison. */
  goal?: string
  isReached?: boolean
}

/**
 * Prints what was measured, writes the same table to `test/results/<name>.md`, and fails the process when a goal was missed. What is run to
 * check and not to measure keeps nothing.
 */
export function report (name: string, title: string, checks: readonly Check[], { isKept = true } = {}): void {
  const rows = checks.map(({ what, measured, goal = '', isReached }) => [what, String(measured), goal, isReached === undefined ? '' : isReached ? 'yes' : '**no**'])
  const table = markdownTable(['', 'measured', 'goal', 'reached'], rows)
  const [{ model } = { model: 'unknown' }] = cpus()
  const command = `node ${process.argv.slice(1).map(part => part.replace(`${process.cwd()}/`, '')).join(' ')}`
  const text = `# ${title}\n\n${table}\n\n${cpus().length} × ${model.trim()}, Node ${process.versions.node}: \`${command}\`\n`
  console.log(`\n${text}`)
  if (isKept) {
    mkdirSync(import.meta.dirname, { recursive: true })
    writeFileSync(join(import.meta.dirname, `${name}.md`), text)
  }
  if (checks.some(({ isReached }) => isReached === false)) process.exitCode = 1
}

export function atLeast (what: string, measured: number, least: number, unit = ''): Check {
  return { what, measured: `${show(measured)}${unit}`, goal: `≥ ${show(least)}${unit}`, isReached: measured >= least }
}

export function atMost (what: string, measured: number, most: number, unit = ''): Check {
  return { what, measured: `${show(measured)}${unit}`, goal: `≤ ${show(most)}${unit}`, isReached: measured <= most }
}

export function told (what: string, measured: string | number, unit = ''): Check {
  return { what, measured: `${typeof measured === 'number' ? show(measured) : measured}${unit}` }
}

function show (value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value >= 100 ? 0 : 2 })
}

/** The value below which a share of the sorted list lies. */
export function percentile (values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}
