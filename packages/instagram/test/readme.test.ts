import { readFileSync } from 'node:fs'
import t from 'tap'
import { STATUS } from '../src/errors.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

t.test('the errors table lists every code with its status, and no other', async t => {
  const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \| (\d+) \|/gm)].map(([, code, status]) => [code, Number(status)])
  t.same(Object.fromEntries(rows), STATUS)
  t.equal(rows.length, Object.keys(STATUS).length, 'no row stands twice')
})

t.test('the options tables name every option', async t => {
  const source = readFileSync(new URL('../src/options.ts', import.meta.url), 'utf8')
  for (const type of ['InstagramOptions', 'AppOptions']) {
    const [, body = ''] = new RegExp(`export interface ${type} \\{\\n(.*?)\\n\\}`, 's').exec(source) ?? []
    const names = [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name]) => name)
    t.ok(names.length > 5)
    for (const name of names) t.ok(readme.includes(`\`${name}\``), `${type}.${name}`)
  }
})
