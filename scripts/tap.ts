// Runs the tests below the given folders: node scripts/tap.ts [--fast] packages/webhooks packages/sender/test/schedule.test.ts [-- tap's own options]
//
// With --fast, folders are taken without the tests that start PostgreSQL and those that take longest, which say so in their names, and
// without the folders whose tests start a whole plugin or emulator each: half of the time of all.
//
// tap expands a folder to .ts files only with its TypeScript plugin, which this repository cannot use; so the list is made here.
import { spawnSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

const separator = process.argv.indexOf('--')
const asked = process.argv.slice(2, separator === -1 ? undefined : separator)
const isFast = asked.includes('--fast')
const places = asked.filter(place => place !== '--fast')
const given = separator === -1 ? [] : process.argv.slice(separator + 1)
// A log has no use for a display that redraws itself.
const reporter = given.some(option => option.startsWith('--reporter')) ? [] : [`--reporter=${process.stdout.isTTY ? 'terse' : 'min'}`]
// Some tests wait for a pause of seconds: meanwhile another uses the processor.
const jobs = isFast ? [`--jobs=${availableParallelism() + 1}`] : []
const tapOptions = ['--disable-coverage', ...reporter, ...jobs, ...given]

const files = places.flatMap(place => statSync(place).isDirectory()
  ? globSync(`${place}/**/*.test.ts`, { exclude: name => name === 'node_modules' || name === 'dist' }).sort()
  : [place])
const LEFT_OUT = /postgres|\.slow\.test\.ts$|instagram\/test\/(?:routes|emulator|whole)\//
const chosen = isFast ? files.filter(file => !LEFT_OUT.test(file)) : files

// Every test file is a process that reads much the same modules: what Node made of them is kept.
const env = { ...process.env, NODE_COMPILE_CACHE: join(import.meta.dirname, '../node_modules/.cache/node') }
const { status } = spawnSync('tap', [...tapOptions, ...chosen], { stdio: 'inherit', env })
process.exitCode = status ?? 1
