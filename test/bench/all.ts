// Runs the benchmarks, each beside its peers, one after the other, and writes BENCHMARKS.md: the machine, the versions, every command and
// what it printed. Nothing else gets into that page.
//
//   pnpm bench                       all of them, about a quarter of an hour on two cores
//   pnpm bench -- --only webhooks    those whose path contains a text; the others keep what the page holds of them
//
// One that fails or outstays its time is told so in the page, and the others run all the same. Ctrl-C stops what runs; the page holds those that ended.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { machineLine, textBlock } from '../results/page.ts'
import { runProgram } from '../results/run-program.ts'

const root = join(import.meta.dirname, '../..')
const page = join(root, 'BENCHMARKS.md')
/** Far more than any of them needs. */
const LIMIT_MS = 15 * 60_000
const PROGRAMS = [
  'webhooks/verify.ts', 'webhooks/fastify.ts', 'webhooks/size.ts',
  'sender/enqueue.ts', 'sender/deliver.ts', 'sender/postgres.ts', 'sender/idle.ts',
  'convert/cold.ts', 'convert/hot.ts', 'convert/flood.ts', 'convert/pool.ts', 'convert/avif-bytes.ts',
  'files/read.ts', 'files/memory.ts',
  'dialog/large-account.ts',
  'footprint/footprint.ts'
] as const

const { values: { only } } = parseArgs({ args: process.argv.slice(2).filter(argument => argument !== '--'), options: { only: { type: 'string', default: '' } } })
const programs = PROGRAMS.filter(program => program.includes(only))
if (programs.length === 0) throw new Error(`no benchmark's path contains ${JSON.stringify(only)}; there are ${PROGRAMS.join(', ')}`)

const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort())

/** Runs one and answers its part of the page. Some programs measure what is built, so that the build comes first. */
async function sectionOf (program: string): Promise<string> {
  const { command, printed, verdict } = await runProgram({ file: `test/bench/${program}`, limitMs: LIMIT_MS }, interrupted.signal)
  const note = verdict === 'passed' ? '' : `\n${verdict}: a goal was missed, or it could not run.\n`
  return `## ${program}\n\n\`${command}\`\n${note}\n${textBlock(printed)}`
}

/** What the page holds already, by program. */
function sectionsBefore (): Map<string, string> {
  const text = existsSync(page) ? readFileSync(page, 'utf8') : ''
  const found = text.split(/^(?=## )/m).slice(1)
  return new Map(found.map(section => [section.slice('## '.length, section.indexOf('\n')), `${section.trimEnd()}\n`]))
}

const sections = only === '' ? new Map<string, string>() : sectionsBefore()
for (const program of programs) {
  const section = await sectionOf(program)
  if (interrupted.signal.aborted) break
  sections.set(program, section)
  // After each of them: what was measured before must not be lost with the last.
  const inOrder = PROGRAMS.flatMap(name => sections.get(name) ?? [])
  writeFileSync(page, `# Benchmarks\n\nWritten by \`pnpm bench\` on ${machineLine()}, each part when its program last ran. Ratios hold where rates do not: the peers ran in the same run.\n\n${inOrder.join('\n')}`)
}
console.log(`\nBENCHMARKS.md holds ${sections.size} of ${PROGRAMS.length} benchmarks.`)
process.exitCode = interrupted.signal.aborted ? 1 : 0
