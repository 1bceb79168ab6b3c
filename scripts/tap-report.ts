// What a test file printed as TAP: how many assertions passed, each that failed with the place and the reason, and whether it came to its end.
import { stripVTControlCharacters } from 'node:util'
import { Parser, type Result } from 'tap-parser'

export interface TapReport { passed: number, failures: string[], isWhole: boolean }

/** What helps to mend it; the rest of a test point's diagnostics (arguments, folders, job numbers) is the runner's. */
const TELLING = ['diff', 'found', 'wanted', 'code', 'stack', 'exitCode', 'signal', 'timeout'] as const

export function readTapReport (name: string, output: string): TapReport {
  const report: TapReport = { passed: 0, failures: [], isWhole: true }
  const parser = new Parser({ name })
  collect(parser, report)
  parser.end(output)
  return { ...report, isWhole: parser.ok || report.failures.length > 0 }
}

/** Counts leaves: a test whose own assertions failed adds nothing to them, one that passed and then died does. */
function collect (parser: Parser, report: TapReport): void {
  let child: Parser | undefined
  parser.on('child', (started: Parser) => {
    child = started
    collect(started, report)
  })
  parser.on('assert', (result: Result) => {
    const closes = child !== undefined && child.name === result.name ? child : undefined
    child = undefined
    if (!result.ok && !closes?.fail) report.failures.push(describe(result))
    else if (result.ok && !closes) report.passed++
  })
}

function describe ({ fullname, diag }: Result): string {
  const reasons = TELLING.filter(key => diag?.[key] != null).map(key => `${key}: ${format(diag[key])}`)
  return [fullname, ...reasons].map(stripVTControlCharacters).join('\n').replaceAll('\n', '\n    ')
}

const format = (value: unknown): string => typeof value === 'string' ? value.trimEnd().replace(/^(?=.*\n)/, '\n') : JSON.stringify(value)
