import { Readable } from 'node:stream'
import t from 'tap'
import { s3Location } from '../../src/storage/s3.ts'
import { startS3 } from './s3-server.ts'
import { storageLocationSuite } from './suite.ts'

t.test('S3', async t => {
  await storageLocationSuite(t, async t => {
    const location = await s3Location(await startS3(t))
    t.teardown(async () => await location.close?.())
    return location
  })
})

t.test('a signed address gives the bytes to anybody, with the headers that were asked for', async t => {
  const location = await s3Location(await startS3(t))
  await location.put('folder/a b.jpg', Readable.from(['bytes']), { mimetype: 'image/jpeg' })
  const url = await location.signedUrl?.('folder/a b.jpg', { container: 'bucket', mimetype: 'image/jpeg', disposition: 'inline; filename="a b.jpg"', cacheControl: 'no-cache' })
  const answer = await fetch(url ?? '')
  t.equal(await answer.text(), 'bytes')
  t.match(Object.fromEntries(answer.headers), { 'content-type': 'image/jpeg', 'content-disposition': 'inline; filename="a b.jpg"', 'cache-control': 'no-cache' })
  t.match(url, /X-Amz-Expires=300&.*X-Amz-Signature=[0-9a-f]{64}/)
})
