import t from 'tap'
import { blobOfAnswer, blobOfPayload, fileUrl } from '../../src/browser/blob.ts'

t.test('the dialog\'s type is the blob\'s mimetype; what is not there is left out', async t => {
  t.strictSame(blobOfPayload({ url: 'u', data: { filename: 'f.jpg', type: 'image/jpeg', client: 'Instagram' } }), { url: 'u', filename: 'f.jpg', mimetype: 'image/jpeg', client: 'Instagram', isWriteable: true })
  t.strictSame(blobOfPayload({ url: 'u', data: { filename: 'f', type: 't', size: 0, key: 'k', container: 'c', path: 'p', id: 7 } }), { url: 'u', filename: 'f', mimetype: 't', size: 0, id: 7, key: 'k', container: 'c', path: 'p', isWriteable: true })
})

t.test('answers of the file routes are understood in all their spellings', async t => {
  t.strictSame(blobOfAnswer({ url: 'u', filename: 'f', type: 't', size: 3, key: 'k' }), { url: 'u', filename: 'f', mimetype: 't', size: 3, key: 'k', isWriteable: false })
  t.strictSame(blobOfAnswer({ url: 'u', name: 'f', mimetype: 't', s3_key: 'k', writeable: true }), { url: 'u', filename: 'f', mimetype: 't', key: 'k', isWriteable: true })
})

t.test('a conversion at the end of an address is not part of the file', async t => {
  t.equal(fileUrl('https://h/api/file/x/convert?w=1'), 'https://h/api/file/x')
  t.equal(fileUrl({ url: 'https://h/api/file/x' }), 'https://h/api/file/x')
})
