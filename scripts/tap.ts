// Runs the tests below the given folders: node scripts/tap.ts packages/webhooks packages/sender/test/schedule.test.ts [-- tap's own options]
//
// tap expands a folder to .ts files only with its TypeScript plugin, which this repository cannot use; so the list is made here.
import { spawnSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'

const separator = process.argv.indexOf('--')
const places = process.argv.slice(2, separator === -1 ? undefined : separator)
const given = separator === -1 ? [] : process.argv.slice(separator + 1)
// A log has no use for a display that redraws itself.
const reporter = given.some(option => option.startsWith('--reporter')) ? [] : [`--reporter=${process.stdout.isTTY ? 'terse' : 'min'}`]
const tapOptions = ['--disable-coverage', ...reporter, ...given]

const files = places.flatMap(place => statSync(place).isDirectory()
  ? globSync(`${place}/**/*.test.ts`, { exclude: name => name === 'node_modules' || name === 'dist' }).sort()
  : [place])

const { status } = spawnSync('tap', [...tapOptions, ...files], { stdio: 'inherit' })
process.exitCode = status ?? 1
