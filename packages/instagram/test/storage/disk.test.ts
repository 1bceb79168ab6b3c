import { readdir } from 'node:fs/promises'
import { Readable } from 'node:stream'
import t from 'tap'
import { diskLocation } from '../../src/storage/disk.ts'
import { openLocations } from '../../src/storage/locations.ts'
import { storageLocationSuite } from './suite.ts'

t.test('disk', async t => { await storageLocationSuite(t, async t => diskLocation({ directory: t.testdir(), containers: ['files', 'more'] })) })

t.test('a directory that cannot be made is told at the start, one that is missing is made', async t => {
  const directory = t.testdir({ 'a-file': '' })
  await t.rejects(openLocations({ S3: { type: 'disk', directory: `${directory}/a-file/files` } }), { code: 'OPTIONS_INVALID', message: /a-file\/files" of a storage location cannot be written to: ENOTDIR/ })
  await openLocations({ S3: { type: 'disk', directory: `${directory}/a/b` } })
  t.same(await readdir(`${directory}/a`), ['b'])
})

t.test('a key that is taken is refused, and what is there stays', async t => {
  const location = diskLocation({ directory: t.testdir(), containers: ['files'] })
  await location.put('a', Readable.from(['first']), { mimetype: 'text/plain' })
  await t.rejects(location.put('a', Readable.from(['second']), { mimetype: 'text/plain' }), { code: 'KEY_TAKEN' })
  await t.rejects(location.put('a/b', Readable.from(['below a file']), { mimetype: 'text/plain' }), { code: 'KEY_TAKEN' })
  t.same(await location.stat('a'), { size: 5 })
})

t.test('while a copy is under way no reader sees it, and afterwards no part of it is left', async t => {
  const directory = t.testdir()
  const location = diskLocation({ directory, containers: ['files'] })
  async function * slow (): AsyncGenerator<string> {
    yield 'half'
    t.equal(await location.stat('a'), undefined)
    t.equal((await readdir(`${directory}/.parts`)).length, 1)
    yield 'whole'
  }
  await location.put('a', Readable.from(slow()), { mimetype: 'text/plain' })
  t.same(await location.stat('a'), { size: 9 })
  t.same(await readdir(`${directory}/.parts`), [])
})

t.test('removing a key removes the part that a crash left of it', async t => {
  const directory = t.testdir()
  const location = diskLocation({ directory, containers: ['files'] })
  const never = new Readable({ read () {} })
  never.push('half')
  const copying = location.put('a', never, { mimetype: 'text/plain' })
  while ((await readdir(`${directory}/.parts`).catch(() => [])).length === 0) await new Promise(resolve => setImmediate(resolve))
  await location.remove('a')
  t.same(await readdir(`${directory}/.parts`), [])
  never.destroy(new Error('enough'))
  await t.rejects(copying)
})

t.test('the bytes have a path of their own', async t => {
  const directory = t.testdir()
  const location = diskLocation({ directory, containers: ['files'] })
  t.equal(location.pathOf?.('x/a.jpg'), `${directory}/files/x/a.jpg`)
})
