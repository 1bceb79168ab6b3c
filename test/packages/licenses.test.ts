import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import t from 'tap'
import { PACKAGES } from './pack.ts'

/** May be used in, and shipped beside, MIT code. */
const PERMISSIVE = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', '0BSD'])

/**
 * The one library under another licence: libvips, LGPL, comes as a shared library in a package of its own, is loaded as such by sharp, and
 * may be replaced by whoever installs it. That is what the LGPL asks for.
 */
const LINKED = /^@img\/sharp-libvips-/

const { NODE_OPTIONS: _, ...environment } = process.env

for (const name of PACKAGES) {
  t.test(`what @contactsheet/${name} installs is under licences that go together with MIT`, async t => {
    const listed = execFileSync('pnpm', ['--filter', `@contactsheet/${name}`, 'licenses', 'list', '--prod', '--json'], { encoding: 'utf8', env: environment })
    const licences = Object.entries(JSON.parse(listed) as Record<string, Array<{ name: string }>>)
    t.ok(licences.length > 0)
    for (const [licence, packages] of licences) {
      const names = packages.map(({ name }) => name)
      t.comment(`${licence}: ${names.join(', ')}`)
      t.same(PERMISSIVE.has(licence) ? [] : names.filter(name => !LINKED.test(name)), [], licence)
    }
  })
}

t.test('what is built into @contactsheet/instagram comes with its licences, which go together with MIT', async t => {
  const text = readFileSync(new URL('../../packages/instagram/dist/third-party-licenses.md', import.meta.url), 'utf8')
  const built = [...text.matchAll(/^## (\S+) - \S+ \((.+)\)$/gm)].map(([, name, licence = '']) => ({ name, isPermissive: PERMISSIVE.has(licence) }))
  t.same(built, ['kysely', 'lru-cache', 'typebox'].map(name => ({ name, isPermissive: true })))
})
