import { createHash } from 'node:crypto'
import t, { type Test } from 'tap'
import type { StartOptions } from '@contactsheet/instagram/emulator'
import { createBrowser, ticketOf, type Browser, type Page } from '../browser-profile.ts'
import { LANGUAGES } from '../../src/dialog/languages.ts'
import { loadPersonTexts } from '../../src/routes/person-texts/load.ts'
import { build, emulate, optionsFor, PUBLIC_URL } from '../harness.ts'

const OPEN = '/api/client/instagram/auth/open'
const DELETION = '/api/client/instagram/dataDeletion/000000000000000000000000'

async function browserOf (t: Test, options: StartOptions = {}): Promise<Browser> {
  return createBrowser(await build(t, optionsFor(t, await emulate(t, options))), PUBLIC_URL)
}

/** A sign-in to its end; the browser wishes English, as if it knew nothing of the dialog. */
async function signInAs (browser: Browser, language: string, through?: (url: URL) => URL): Promise<Page> {
  const address = `${OPEN}?signIn=${encodeURIComponent(await ticketOf(browser))}&language=${language}`
  return await browser.visit(address, { headers: { 'accept-language': 'en' }, ...(through === undefined ? {} : { through }) })
}

for (const language of LANGUAGES) {
  t.test(`${language}: the pages of a sign-in are in the language that it was begun in`, async t => {
    const texts = await loadPersonTexts(language)
    const connected = await signInAs(await browserOf(t), language)
    t.match(connected.body, `<h1>${texts.connected('').title}</h1>`)
    t.match(connected.body, `<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`)
    t.equal(connected.headers.get('content-language'), language)

    const browser = await browserOf(t, { answer: 'deny' })
    const declined = await signInAs(browser, language)
    t.match(declined.body, `<p>${texts.reasons.declined} ${texts.closeWindow}</p>`)
    t.match((await browser.open(declined.url)).body, `<p>${texts.reasons.used}</p>`, 'also when it is opened again')
  })
}

t.test('the end of a sign-in that is not known any more is still in its language', async t => {
  const page = await signInAs(await browserOf(t), 'fr', url => {
    if (url.searchParams.has('code')) url.searchParams.set('state', `${'x'.repeat(43)}.fr`)
    return url
  })
  t.equal(page.status, 400)
  t.match(page.body, (await loadPersonTexts('fr')).reasons.expired)
})

t.test('a page that no dialog leads to is in the language that the browser wishes most, and says that it differs by that', async t => {
  const browser = await browserOf(t)
  for (const [wish, language] of [['fr;q=0.4, ja', 'ja'], ['xx, pt-BR;q=0.5', 'pt'], ['xx', 'en']] as const) {
    const page = await browser.open(DELETION, { 'accept-language': wish })
    t.match(page.body, (await loadPersonTexts(language)).deletion.unknown.message)
    t.equal(page.headers.get('content-language'), language)
    t.match(page.headers.get('vary'), /Accept-Language/)
    t.match(page.headers.get('vary'), /Origin/, 'beside what differs anyway')
  }
})

t.test('a language in the state or in the address that nobody speaks is passed over', async t => {
  const browser = await browserOf(t)
  for (const address of ['/api/client/instagram/authCallback/open?state=x.%22%3E%3Cscript%3E&code=1', `${OPEN}?key=nobody&language=%3Cb%3E`]) {
    const page = await browser.open(address, { 'accept-language': 'es' })
    t.match(page.body, '<html lang="es"')
    t.notMatch(page.body, /<script>|<b>/)
  }
})

t.test('nothing loads into a page, and nothing runs in it but its own script', async t => {
  const { body, headers } = await signInAs(await browserOf(t), 'de')
  const hash = (name: string) => createHash('sha256').update(new RegExp(`<${name}>([^]*?)</${name}>`).exec(body)?.[1] ?? '').digest('base64')
  t.equal(headers.get('content-security-policy'), `default-src 'none'; script-src 'sha256-${hash('script')}'; style-src 'sha256-${hash('style')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`)
  t.notMatch(body, /https?:|src=|style=/)
})
