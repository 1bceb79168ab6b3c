// Runs the programs that kill, starve and attack, round after round with other seeds, until a time is over, and writes CHAOS.md: the machine,
// the versions, every command and what it printed. Nothing else gets into that page.
//
//   pnpm chaos                                  for ten minutes
//   pnpm chaos -- --minutes 60 --seed 7         for an hour; the seed of the first round, which the others follow from
//   pnpm chaos -- --only image                  those whose path contains a text; the page then holds only these
//
// Every program is tried at least once, so that a short time may be overrun. Ctrl-C stops what runs and still writes the page.
import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runProgram } from '../results/run-program.ts'
import { isFailure, pageOf, type Rounds } from './page.ts'
import { PROGRAMS } from './programs.ts'

const { values } = parseArgs({
  args: process.argv.slice(2).filter(argument => argument !== '--'),
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: String(randomInt(1_000_000)) }, only: { type: 'string', default: '' } }
})
const minutes = Number(values.minutes)
const firstSeed = Number(values.seed)
const programs = PROGRAMS.filter(({ file }) => file.includes(values.only))
if (!(minutes > 0) || !Number.isInteger(firstSeed)) throw new Error('--minutes must be a number above 0, --seed a whole number')
if (programs.length === 0) throw new Error(`no program's path contains ${JSON.stringify(values.only)}; there are ${PROGRAMS.map(({ file }) => file).join(', ')}`)

const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort())

const begunAt = Date.now()
const [load = 0] = loadavg()
const isOver = (): boolean => interrupted.signal.aborted || Date.now() - begunAt >= minutes * 60_000
const found: Rounds[] = programs.map(program => ({ program, rounds: [] }))
for (let round = 0; round === 0 || !isOver(); round++) {
  for (const { program, rounds } of found) {
    if (interrupted.signal.aborted || (round > 0 && isOver())) break
    const seed = program.seeded === undefined ? undefined : String(firstSeed + round)
    const args = seed === undefined ? program.args : program.seeded?.(seed)
    rounds.push({ seed, ...await runProgram({ ...program, ...args && { args } }, interrupted.signal) })
  }
}

const tookMinutes = (Date.now() - begunAt) / 60_000
const command = `pnpm chaos -- --minutes ${minutes} --seed ${firstSeed}${values.only && ` --only ${values.only}`}`
writeFileSync(join(import.meta.dirname, '../../CHAOS.md'), pageOf({ command, tookMinutes, load, wasInterrupted: interrupted.signal.aborted, found }))
const rounds = found.flatMap(({ rounds }) => rounds)
const failed = rounds.filter(isFailure).length
console.log(`\nCHAOS.md tells what ${rounds.length} runs in ${tookMinutes.toFixed(1)} minutes printed; ${failed} did not pass.`)
process.exitCode = failed === 0 ? 0 : 1
