// Runs the benchmarks, each beside its peers, one after the other, and writes BENCHMARKS.md: the machine, the versions, every command and
// what it printed. Nothing else gets into that page.
//
//   pnpm bench                       all of them, about half an hour on two cores
//   pnpm bench -- --only webhooks    those whose path contains a text; the page then holds only these
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { parseArgs, stripVTControlCharacters } from 'node:util'

const root = join(import.meta.dirname, '../..')
const PROGRAMS = [
  'webhooks/verify.ts', 'webhooks/fastify.ts', 'webhooks/size.ts',
  'sender/enqueue.ts', 'sender/deliver.ts', 'sender/postgres.ts', 'sender/idle.ts',
  'convert/cold.ts', 'convert/hot.ts', 'convert/flood.ts', 'convert/pool.ts', 'convert/avif-bytes.ts',
  'files/read.ts', 'files/memory.ts',
  'footprint/footprint.ts'
] as const

const { values: { only } } = parseArgs({ args: process.argv.slice(2).filter(argument => argument !== '--'), options: { only: { type: 'string', default: '' } } })
const programs = PROGRAMS.filter(program => program.includes(only))
if (programs.length === 0) throw new Error(`no benchmark's path contains ${JSON.stringify(only)}; there are ${PROGRAMS.join(', ')}`)

/** Runs one and answers its part of the page. Some programs measure what is built, so that the build comes first. */
function sectionOf (program: string): string {
  const args = ['--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning', join('test/bench', program)]
  console.log(`\n── ${program}`)
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  process.stdout.write(stdout)
  process.stderr.write(stderr)
  const verdict = status === 0 ? '' : `\nIt ended with exit code ${status}: a goal was missed, or it could not run.\n`
  return `## ${program}\n\n\`node ${args.join(' ')}\`\n${verdict}\n\`\`\`text\n${stripVTControlCharacters(stdout).trim()}\n\`\`\`\n`
}

const [{ model } = { model: 'unknown' }] = cpus()
const machine = `${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}, Node ${process.versions.node}`
const sections = programs.map(sectionOf)
writeFileSync(join(root, 'BENCHMARKS.md'), `# Benchmarks\n\nWritten by \`pnpm bench\` on ${machine}. Ratios hold where rates do not: the peers ran in the same run.\n\n${sections.join('\n')}`)
console.log(`\nBENCHMARKS.md holds ${programs.length} of ${PROGRAMS.length} benchmarks.`)
