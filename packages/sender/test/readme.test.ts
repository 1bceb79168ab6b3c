import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { SenderError } from '../src/index.ts'
import { SECRET } from './helpers/build.ts'

t.setTimeout(300_000)
const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code)

/** Inside the package, so that it finds itself by its name. */
const scratch = join(import.meta.dirname, '../.data')
mkdirSync(scratch, { recursive: true })
const folder = mkdtempSync(join(scratch, 'readme-'))
t.teardown(() => rmSync(folder, { recursive: true }))

for (const [index, code] of blocks.entries()) {
  t.test(`example ${index + 1} of the README runs`, async t => {
    const file = join(folder, `example-${index}.ts`)
    writeFileSync(file, code)
    const { stderr } = await promisify(execFile)(process.execPath, [
      '--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning', `--import=${join(import.meta.dirname, 'helpers/no-names.ts')}`, file
    ], {
      cwd: folder, env: { ...process.env, WEBHOOK_SECRET: SECRET }
    })
    t.equal(stderr, '')
  })
}

t.test('the README lists every error code with its status', async t => {
  const listed = [...readme.matchAll(/^\| `(SENDER_\w+)` \| (\d+)/gm)].map(([, code, status]) => [code, Number(status)])
  const source = readFileSync(join(import.meta.dirname, '../src/errors.ts'), 'utf8')
  const codes = [...source.matchAll(/^ {2}(SENDER_\w+): (\d+)/gm)].map(([, code, status]) => [code, Number(status)])
  t.same(listed, codes)
  t.equal(new SenderError('SENDER_CLOSED', 'closed').statusCode, 503)
})

t.test('the README lists every option', async t => {
  const source = readFileSync(join(import.meta.dirname, '../src/options.ts'), 'utf8')
  const [, body = ''] = /export interface SenderOptions \{\n(.*?)\n\}/s.exec(source) ?? []
  const names = [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name]) => name)
  const [, table = ''] = /## Options\n(.*?)\n## /s.exec(readme) ?? []
  t.same(names.filter(name => !table.includes(`\`${name}\``)), [])
})
