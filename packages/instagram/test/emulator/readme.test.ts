import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import t from 'tap'
import { buildInstagramEmulator } from '../../src/emulator/index.ts'
import { resolveOptions } from '../../src/emulator/options.ts'
import { GRAPH_ERRORS } from '../../src/emulator/errors.ts'
import { PHOTO_COUNT } from '../../src/emulator/photos/catalogue.ts'

const PACKAGE = new URL('../../', import.meta.url)
const readme = await readFile(new URL('src/emulator/README.md', PACKAGE), 'utf8')

const run = async (script: string) => await promisify(execFile)(process.execPath, ['--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '--eval', script], { cwd: PACKAGE })

t.test('the sample of the README runs and prints what it says', async t => {
  const sample = /```ts\n(import[\s\S]+?)```/.exec(readme)?.[1] ?? ''
  const { stdout } = await run(sample)
  t.equal(stdout, 'harbour.and.hill\n')
})

t.test('the failures of the README can be planned as they stand', async t => {
  const [, sample = ''] = /### Failures\n\n```ts\n([\s\S]+?)```/.exec(readme) ?? []
  const script = `import { startInstagramEmulator } from '@contactsheet/instagram/emulator'\nconst emulator = await startInstagramEmulator()\n${sample}\nawait emulator.close()`
  t.equal(sample.split('control.fail(').length, 5)
  await t.resolves(run(script))
})

t.test('the README lists every method of the control, and every call of it that is listed exists', async t => {
  const { server, control } = await buildInstagramEmulator()
  t.teardown(() => server.close())
  const table = readme.slice(readme.indexOf('## Control'), readme.indexOf('### Failures'))
  for (const name of Object.keys(control)) t.match(table, new RegExp(`\\b${name}\\b`), name)
  const calls = [...table.matchAll(/`((?:[A-Z]+`, `)?[A-Z]+) (\/[a-z:/-]*)/g)]
  t.ok(calls.length >= 15)
  for (const [, methods = '', path = ''] of calls) {
    for (const method of methods.split('`, `')) t.ok(server.hasRoute({ method: method as 'GET', url: `/emulator${path}` }), `${method} ${path}`)
  }
})

t.test('the README lists every option, switch, account and error code', t => {
  const { switches, accounts, ...options } = resolveOptions({})
  for (const name of [...Object.keys(options), ...Object.keys(switches), ...accounts.map(({ username }) => username), ...Object.keys(GRAPH_ERRORS)]) {
    t.match(readme, `\`${name}\``)
  }
  t.match(readme, `${PHOTO_COUNT} pictures`)
  t.end()
})
