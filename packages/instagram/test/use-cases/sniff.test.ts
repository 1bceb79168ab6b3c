import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import t from 'tap'
import { contentTypeOf, sniff } from '../../src/use-cases/sniff.ts'
import { gif, jpeg, png, svg } from '../pictures.ts'

t.test('pictures are known by their first bytes', async t => {
  t.same(await contentTypeOf(jpeg), { mimetype: 'image/jpeg', extension: 'jpg' })
  t.same(await contentTypeOf(png), { mimetype: 'image/png', extension: 'png' })
  t.same(await contentTypeOf(gif), { mimetype: 'image/gif', extension: 'gif' })
})

t.test('SVG is known behind a declaration, a doctype, comments and a byte order mark', async t => {
  for (const text of ['<svg>', '\ufeff<svg xmlns="x">', '  <?xml version="1.0"?><!DOCTYPE svg PUBLIC "x"><!-- <html> -->\n<SVG viewBox="0">', svg.toString()]) {
    t.match(await contentTypeOf(Buffer.from(text)), { mimetype: 'image/svg+xml' }, text)
  }
  for (const text of ['<html><svg>', '<svgx>', 'text <svg>', '<?xml version="1.0"?><feed>']) t.notMatch(await contentTypeOf(Buffer.from(text)), { mimetype: 'image/svg+xml' }, text)
})

t.test('attack: text made to keep the search for <svg> busy is answered at once', async t => {
  for (const text of ['<!--'.repeat(1000), '<?'.repeat(2000), `${'<!-- -->'.repeat(500)}<`, ' '.repeat(4000)]) t.notMatch(await contentTypeOf(Buffer.from(text)), { mimetype: 'image/svg+xml' })
})

t.test('what is of no known kind is bytes', async t => {
  for (const text of ['', 'plain text', '\u0000\u0001\u0002']) t.same(await contentTypeOf(Buffer.from(text)), { mimetype: 'application/octet-stream', extension: undefined })
})

t.test('a stream is given back whole, however small its chunks are', async t => {
  for (const size of [1, 7, 4096, 5000]) {
    const bytes = Buffer.concat([jpeg, Buffer.alloc(10_000, 'x')])
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size))
    const { mimetype, body } = await sniff(Readable.from(chunks))
    t.equal(mimetype, 'image/jpeg')
    t.ok((await buffer(body)).equals(bytes))
  }
  t.equal((await buffer((await sniff(Readable.from([]))).body)).length, 0)
})

t.test('a stream that breaks before its kind is known is an error', async t => {
  const broken = new Readable({ read () { this.destroy(new Error('broken')) } })
  await t.rejects(sniff(broken), /broken/)
})
