import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { blocksOf } from './sample.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

t.test('every script that CONTRIBUTING.md names exists', async t => {
  const commands = blocksOf('CONTRIBUTING.md', 'sh').flatMap(block => block.split('\n'))
  const named = commands.flatMap(command => /^(?:npm|pnpm run) (\w+)/.exec(command)?.[1] ?? [])
  t.same(named.filter(name => scripts[name] === undefined), [])
  t.ok(named.length >= 6)
  for (const command of commands) for (const [path] of command.matchAll(/(?:packages|scripts)\/[\w./-]+/g)) t.ok(existsSync(join(root, path)), path)
})

t.test('every place that CONTRIBUTING.md sends people to exists', async t => {
  const rows = [...page.matchAll(/^\| [^|]+ \| (.+) \|$/gm)].slice(2)
  const folders = ['', 'packages/instagram/src', 'packages/instagram', ...['webhooks', 'sender', 'instagram'].map(name => `packages/${name}/src`), 'packages/instagram/src/image']
  for (const [, places = ''] of rows) {
    for (const [, path = ''] of places.matchAll(/`([\w./-]+)`/g)) t.ok(folders.some(folder => existsSync(join(root, folder, path))), path)
  }
})
