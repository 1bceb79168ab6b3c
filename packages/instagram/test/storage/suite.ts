import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Test } from 'tap'
import type { StorageLocation } from '../../src/domain/ports.ts'

const MIB = 1024 * 1024
const options = { mimetype: 'image/jpeg' }

/** What every location does, whatever keeps its bytes. */
export async function storageLocationSuite (t: Test, open: (t: Test) => Promise<StorageLocation>): Promise<void> {
  t.test('bytes come back as they went in, from an awkward key too', async t => {
    const location = await open(t)
    for (const key of ['a.jpg', 'deep/er/a b+c&d.jpg', 'Café 写真 #1?.jpg', "it's (1).jpg"]) {
      const bytes = bytesOf(70_001)
      await location.put(key, Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]), options)
      const object = await location.open(key)
      t.equal(object?.size, bytes.length)
      t.ok(object !== undefined && (await buffer(object.body)).equals(bytes), key)
      t.same(await location.stat(key), { size: bytes.length })
    }
  })

  t.test('a part is read by its first and last byte', async t => {
    const location = await open(t)
    const bytes = bytesOf(1000)
    await location.put('a', Readable.from([bytes]), options)
    const part = async (start?: number, end?: number) => {
      const object = await location.open('a', { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) })
      return object === undefined ? undefined : await buffer(object.body)
    }
    t.same(await part(10, 19), bytes.subarray(10, 20))
    t.same(await part(990), bytes.subarray(990))
    t.same(await part(5, 5), bytes.subarray(5, 6))
  })

  t.test('what is not there is not opened, has no size and can be removed', async t => {
    const location = await open(t)
    t.equal(await location.open('missing'), undefined)
    t.equal(await location.stat('missing'), undefined)
    await location.remove('missing')
  })

  t.test('what was removed is gone', async t => {
    const location = await open(t)
    await location.put('a', Readable.from([bytesOf(10)]), options)
    await location.remove('a')
    t.equal(await location.open('a'), undefined)
  })

  t.test('containers keep their keys apart', async t => {
    const location = await open(t)
    const [first = '', second = ''] = location.containers
    await location.put('a', Readable.from([bytesOf(1)]), { ...options, container: first })
    await location.put('a', Readable.from([bytesOf(2)]), { ...options, container: second })
    t.same(await location.stat('a'), { size: 1 }, 'the first is used when none is named')
    t.same(await location.stat('a', { container: second }), { size: 2 })
    await location.remove('a', { container: first })
    t.same(await location.stat('a', { container: second }), { size: 2 })
  })

  t.test('a source that breaks leaves nothing behind', async t => {
    const location = await open(t)
    async function * broken (): AsyncGenerator<Buffer> {
      yield bytesOf(9 * MIB)
      throw new Error('the source broke')
    }
    await t.rejects(location.put('a', Readable.from(broken()), options), /the source broke/)
    t.equal(await location.stat('a'), undefined)
  })

  t.test('an abort leaves nothing behind, and a signal that was aborted before starts nothing', async t => {
    const location = await open(t)
    const controller = new AbortController()
    async function * endless (): AsyncGenerator<Buffer> {
      for (let count = 0; ; count++) {
        if (count === 3) controller.abort()
        yield bytesOf(4 * MIB)
      }
    }
    await t.rejects(location.put('a', Readable.from(endless()), { ...options, signal: controller.signal }))
    t.equal(await location.stat('a'), undefined)
    await t.rejects(location.put('b', Readable.from([bytesOf(1)]), { ...options, signal: AbortSignal.abort() }))
    t.equal(await location.stat('b'), undefined)
  })

  t.test('a large file comes back as it went in', async t => {
    const location = await open(t)
    const part = bytesOf(MIB)
    await location.put('large', Readable.from(Array.from({ length: 21 }, () => part)), options)
    const object = await location.open('large', { start: 20 * MIB - 5, end: 20 * MIB + 4 })
    t.same(object === undefined ? undefined : await buffer(object.body), Buffer.concat([part.subarray(MIB - 5), part.subarray(0, 5)]))
    t.same(await location.stat('large'), { size: 21 * MIB })
  })
}

const PATTERN = Buffer.from(Uint8Array.from({ length: 251 }, (_, index) => index))

/** Bytes among which no two neighbouring kilobytes are alike. */
function bytesOf (length: number): Buffer {
  return Buffer.alloc(length, PATTERN)
}
