import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import t from 'tap'
import { resolveOptions } from '../../src/emulator/options.ts'
import { GRAPH_ERRORS } from '../../src/emulator/errors.ts'
import { PHOTO_COUNT } from '../../src/emulator/photos/catalogue.ts'

const PACKAGE = new URL('../../', import.meta.url)
const readme = await readFile(new URL('src/emulator/README.md', PACKAGE), 'utf8')

t.test('the sample of the README runs and prints what it says', async t => {
  const sample = /```ts\n(import[\s\S]+?)```/.exec(readme)?.[1] ?? ''
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '--eval', sample], { cwd: PACKAGE })
  t.equal(stdout, 'harbour.and.hill\n')
})

t.test('the README lists every option, switch, account and error code', t => {
  const { switches, accounts, ...options } = resolveOptions({})
  for (const name of [...Object.keys(options), ...Object.keys(switches), ...accounts.map(({ username }) => username), ...Object.keys(GRAPH_ERRORS)]) {
    t.match(readme, `\`${name}\``)
  }
  t.match(readme, `${PHOTO_COUNT} pictures`)
  t.end()
})
