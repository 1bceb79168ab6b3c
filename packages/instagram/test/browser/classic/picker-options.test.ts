import t from 'tap'
import { inlineStore, pickerOptions, storeTarget } from '../../../src/browser/classic/picker-options.ts'

t.test('singular and plural, one value and a list, mean the same', async t => {
  t.same(pickerOptions({ mimetype: 'image/*' }).mimetypes, ['image/*'])
  t.same(pickerOptions({ mimetypes: 'image/*' }).mimetypes, ['image/*'])
  t.same(pickerOptions({ service: 'INSTAGRAM' }).services, ['INSTAGRAM'])
  t.same(pickerOptions({ services: [11] }).services, ['11'])
})

t.test('everything may be picked when nothing is said', async t => {
  t.strictSame(pickerOptions({}), { mimetypes: ['*/*'] })
})

t.test('mimetypes and extensions exclude each other', async t => {
  t.throws(() => pickerOptions({ mimetypes: [], extensions: [] }), { name: 'FilepickerException' })
  t.same(pickerOptions({ extension: '.jpg' }), { extensions: ['.jpg'] })
})

t.test('numbers may come as text, and nonsense is no number', async t => {
  t.equal(pickerOptions({ maxSize: '1000' }).maxSize, 1000)
  t.equal(pickerOptions({ maxFiles: 'many' }).maxFiles, undefined)
})

t.test('copies go to S3 and are private when nothing else is said', async t => {
  t.strictSame(storeTarget({}), { location: 'S3', access: 'private' })
  t.strictSame(storeTarget({ location: 'disk', path: 'a/', container: 'c', access: 'public' }), { location: 'disk', path: 'a/', container: 'c', access: 'public' })
  t.equal(inlineStore({}), undefined)
  t.match(inlineStore({ storeLocation: 'S3', storePath: 'x/' }), { location: 'S3', path: 'x/' })
})
