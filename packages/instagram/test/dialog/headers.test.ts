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

t.test('a stylesheet of the page\'s own opens styles and fonts to its origin, and nothing else', async t => {
  const [plain, styled] = [policyOf({ origins: [] }), policyOf({ origins: [], customCss: 'https://shop.example/look.css?x=1' })]
  t.equal(styled.get('style-src'), "'self' https://shop.example")
  t.equal(styled.get('font-src'), 'https://shop.example')
  t.equal(plain.get('font-src'), undefined, 'without one no font is loaded')
  for (const [name, value] of plain) if (name !== 'style-src') t.equal(styled.get(name), value, name)
})

t.test('the page keeps its opener, and is kept by no cache', async t => {
  t.match(pageHeaders({ origins: [] }), { 'cross-origin-opener-policy': 'unsafe-none', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
})
