import t from 'tap'
import { pageHeaders } from '../../src/dialog/headers.ts'

const policyOf = (options: Parameters<typeof pageHeaders>[0]): Map<string, string> =>
  new Map((pageHeaders(options)['content-security-policy'] ?? '').split('; ').map(part => [part.slice(0, part.indexOf(' ')), part.slice(part.indexOf(' ') + 1)]))

t.test('only the app\'s own origins may frame the page', async t => {
  t.equal(policyOf({ origins: ['https://shop.example'] }).get('frame-ancestors'), "'self' https://shop.example")
  t.equal(policyOf({ origins: [] }).get('frame-ancestors'), "'self'")
})

t.test('nothing inline runs and nothing foreign is loaded', async t => {
  const policy = policyOf({ origins: ['https://shop.example'] })
  t.equal(policy.get('default-src'), "'none'")
  t.equal(policy.get('script-src'), "'self'")
  t.equal(policy.get('style-src'), "'self'")
  t.equal(policy.get('connect-src'), "'self'")
  t.notMatch([...policy.values()].join(' '), /unsafe|\*/)
})

t.test('a stylesheet of the page\'s own opens styles to its origin, and to nothing else', async t => {
  t.equal(policyOf({ origins: [], customCss: 'https://shop.example/look.css?x=1' }).get('style-src'), "'self' https://shop.example")
})

t.test('the page keeps its opener, and is kept by no cache', async t => {
  t.match(pageHeaders({ origins: [] }), { 'cross-origin-opener-policy': 'unsafe-none', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
})
