import t from 'tap'
import { checkFiles, matchesMimetype } from '../../../src/browser/classic/file-rules.ts'

const file = { name: 'a.JPG', type: 'image/jpeg', size: 10 }
const rules = { isMultiple: false, mimetypes: ['*/*'] }

t.test('a type matches itself, its kind, and everything', async t => {
  t.equal(matchesMimetype('image/png', 'image/*'), true)
  t.equal(matchesMimetype('image/png', 'IMAGE/PNG'), true)
  t.equal(matchesMimetype('image/png', 'image/jpeg'), false)
  t.equal(matchesMimetype('', '*/*'), true)
  t.equal(matchesMimetype('', 'image/*'), false)
  t.equal(matchesMimetype('application/octet-stream', 'image/*'), true, 'a type that says nothing is let through')
})

t.test('the first broken rule is told', async t => {
  t.equal(checkFiles([file], rules), undefined)
  t.equal(checkFiles([], rules)?.type, 'NoFilesFound')
  t.equal(checkFiles([file, file], rules)?.type, 'TooManyFiles')
  t.equal(checkFiles([file, file], { ...rules, isMultiple: true, maxFiles: 1 })?.type, 'TooManyFiles')
  t.equal(checkFiles([file], { ...rules, mimetypes: ['text/*'] })?.type, 'WrongType')
  t.equal(checkFiles([file], { ...rules, extensions: ['.png'] })?.type, 'WrongType')
  t.equal(checkFiles([file], { ...rules, extensions: ['.jpg'] }), undefined, 'whatever the case')
  t.equal(checkFiles([file], { ...rules, maxSize: 9 })?.type, 'WrongSize')
})
