import t from 'tap'
import { maskedUrl } from '../../src/routes/log-serializers.ts'

for (const [url, masked] of [
  ['/cb?code=AQB&state=xyz', '/cb?code=***&state=***'],
  ['/cb?state=xyz&other=1', '/cb?state=***&other=1'],
  ['/open?key=a&signIn=b%2Bc', '/open?key=a&signIn=***'],
  ['/file?policy=e30&signature=ab', '/file?policy=***&signature=***'],
  ['/cb?CODE=AQB', '/cb?CODE=***'],
  ['/media?after=abc&limit=2', '/media?after=abc&limit=2'],
  ['/x?barcode=1&code=', '/x?barcode=1&code=***'],
  ['/plain', '/plain']
] as const) {
  t.test(`${url} is logged as ${masked}`, async t => {
    t.equal(maskedUrl(url), masked)
  })
}
