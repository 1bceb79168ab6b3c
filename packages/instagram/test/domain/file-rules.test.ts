import t from 'tap'
import { faultOfPlace, faultOfSize, faultOfType, matchesMimetype } from '../../src/domain/file-rules.ts'

const rules = { mimetypes: ['image/*'], maxBytes: 1000 }

t.test('a type fits exactly, by its first half, or everything fits', async t => {
  t.ok(matchesMimetype('image/png', 'image/png'))
  t.ok(matchesMimetype('image/png', 'IMAGE/*'))
  t.ok(matchesMimetype('video/mp4', '*/*'))
  t.ok(matchesMimetype('video/mp4', '*'))
  t.notOk(matchesMimetype('image/png', 'image/jpeg'))
  t.notOk(matchesMimetype('imagery/png', 'image/*'))
})

t.test('the bytes have to be of an allowed type', async t => {
  t.equal(faultOfType(rules, 'image/jpeg', 'a.jpg'), undefined)
  t.match(faultOfType(rules, 'application/pdf', 'a.jpg'), { code: 'FILE_TYPE_NOT_ALLOWED' })
})

t.test('a name has to end in an allowed extension, whatever its case and with or without the dot', async t => {
  const limited = { ...rules, extensions: ['.JPG', 'png'] }
  t.equal(faultOfType(limited, 'image/jpeg', 'A.jpg'), undefined)
  t.equal(faultOfType(limited, 'image/png', 'a.PNG'), undefined)
  t.match(faultOfType(limited, 'image/gif', 'a.gif'), { code: 'FILE_TYPE_NOT_ALLOWED' })
  t.match(faultOfType(limited, 'image/jpeg', 'ajpg'), { code: 'FILE_TYPE_NOT_ALLOWED' })
})

t.test('0 bytes, too few and too many are refused', async t => {
  const sized = { ...rules, minBytes: 10 }
  t.match(faultOfSize(sized, 0), { code: 'FILE_EMPTY' })
  t.match(faultOfSize(sized, 9), { code: 'FILE_TOO_SMALL' })
  t.equal(faultOfSize(sized, 10), undefined)
  t.equal(faultOfSize(sized, 1000), undefined)
  t.match(faultOfSize(sized, 1001), { code: 'FILE_TOO_LARGE' })
})

t.test('a place has to fit the policy, the leading slash of a path making no difference', async t => {
  const placed = { ...rules, allowsPath: (path: string) => path === '/mine/', allowsContainer: (container: string) => container === 'files' }
  t.equal(faultOfPlace(placed, 'mine/', 'files'), undefined)
  t.equal(faultOfPlace(placed, '//mine/', 'files'), undefined)
  t.match(faultOfPlace(placed, '', 'files'), { code: 'POLICY_DENIES' })
  t.match(faultOfPlace(placed, 'mine/', 'other'), { code: 'POLICY_DENIES' })
  t.equal(faultOfPlace(rules, 'anywhere', 'any'), undefined)
})
