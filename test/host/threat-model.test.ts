import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'

const PAGE = join(import.meta.dirname, '../../docs/threat-model.md')
const text = readFileSync(PAGE, 'utf8')

t.test('every attack of the threat model names a test that exists', async t => {
  const rows = [...text.matchAll(/^\| (?!Attack|---)([^|]+) \|[^|]+\| (.+) \|$/gm)]
  t.ok(rows.length > 25)
  for (const [, attack = '', proof = ''] of rows) {
    const named = [...proof.matchAll(/\["([^"]+)"\]\(([^)]+)\)/g)]
    t.ok(named.length > 0, attack)
    for (const [, sentence = '', path = ''] of named) {
      const file = join(dirname(PAGE), path)
      const source = existsSync(file) ? readFileSync(file, 'utf8') : ''
      for (const part of sentence.split('…')) t.ok(source.includes(part), `${path}: ${sentence}`)
    }
  }
})
