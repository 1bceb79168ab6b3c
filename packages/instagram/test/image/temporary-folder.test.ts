import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openTemporaryFolder } from '../../src/image/temporary-folder.ts'

const DAY_MS = 24 * 60 * 60_000
const nameOf = (digit: string): string => `contactsheet-${'x'.repeat(8)}-xxxx-xxxx-xxxx-${'x'.repeat(12)}`.replaceAll('x', digit)

function make (path: string, ageMs: number): void {
  mkdirSync(path)
  writeFileSync(join(path, 'result'), 'bytes')
  const time = new Date(Date.now() - ageMs)
  utimesSync(path, time, time)
}

t.test('a folder that a killed process left is removed after a day; those of living processes, of others, and links stay', async t => {
  const parent = t.testdir()
  make(join(parent, nameOf('1')), DAY_MS + 60_000)
  make(join(parent, nameOf('2')), DAY_MS - 60_000)
  make(join(parent, 'contactsheet-of-somebody'), 2 * DAY_MS)
  make(join(parent, 'pictures'), 2 * DAY_MS)
  symlinkSync(join(parent, 'pictures'), join(parent, nameOf('3')))
  const { close } = openTemporaryFolder(parent)
  await close()
  t.same(readdirSync(parent).sort(), ['contactsheet-of-somebody', nameOf('2'), nameOf('3'), 'pictures'].sort())
  t.same(readdirSync(join(parent, 'pictures')), ['result'])
})

t.test('the folder ends with its process, and no two have one name', async t => {
  const parent = t.testdir()
  const [one, two] = [openTemporaryFolder(parent), openTemporaryFolder(parent)]
  t.not(one.path, two.path)
  mkdirSync(one.path)
  mkdirSync(two.path)
  await one.close()
  t.same(readdirSync(parent), [two.path.slice(parent.length + 1)])
  await two.close()
})
