// Runs the tests below the given folders: node scripts/tap.ts [--fast] [--jobs=2] [--times] packages/webhooks packages/sender/test/schedule.test.ts
//
// With --fast, folders are taken without the tests that start PostgreSQL and those that take longest, which say so in their names, and
// without the plugin's routes and the emulator, whose tests start a server each.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { runTestFiles, testFilesOf } from './test-files.ts'
import { timesTable } from './times.ts'

const { values, positionals } = parseArgs({ options: { fast: { type: 'boolean' }, jobs: { type: 'string' }, times: { type: 'boolean' } }, allowPositionals: true })
const jobs = Number(values.jobs ?? availableParallelism())
const files = testFilesOf(positionals, { isFast: values.fast === true })
const { passed, failed, times } = await runTestFiles(files, jobs)
if (values.times === true) console.log(timesTable(times))
console.log(`${files.length} ${files.length === 1 ? 'file' : 'files'}, ${passed} assertions passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
