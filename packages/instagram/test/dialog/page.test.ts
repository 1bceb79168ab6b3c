import t from 'tap'
import type { Assets } from '../../src/dialog/assets.ts'
import { renderPage, type Page } from '../../src/dialog/page.ts'

const assets: Assets = { files: new Map(), entry: source => ({ script: `${source}.js`, styles: source === 'main' ? ['main.css'] : [] }) }
const page: Page = { title: 'Contactsheet', language: 'ar', script: 'main', base: '/photos', config: {} }

t.test('the page names its language and its direction', async t => {
  t.match(renderPage(assets, page), /<html lang="ar" dir="rtl">/)
})

t.test('the configuration is data that cannot end its element', async t => {
  const html = renderPage(assets, { ...page, config: { id: '</script><script>alert(1)</script>' } })
  t.notMatch(html, /<script>alert/)
  const text = /<script type="application\/json" id="config">(.*?)<\/script>/.exec(html)?.[1] ?? ''
  t.same(JSON.parse(text), { id: '</script><script>alert(1)</script>' })
})

t.test('an address cannot leave its attribute', async t => {
  t.match(renderPage(assets, { ...page, customCss: 'https://shop.example/a"><script>.css' }), /href="https:\/\/shop\.example\/a&quot;&gt;&lt;script&gt;\.css"/)
})

t.test('scripts and styles lie below the prefix; what is needed at once is loaded ahead', async t => {
  const html = renderPage(assets, { ...page, preload: ['text'] })
  t.match(html, '<script type="module" src="/photos/dialog/assets/main.js"></script>')
  t.match(html, '<link rel="stylesheet" href="/photos/dialog/assets/main.css">')
  t.match(html, '<link rel="modulepreload" href="/photos/dialog/assets/text.js">')
})
