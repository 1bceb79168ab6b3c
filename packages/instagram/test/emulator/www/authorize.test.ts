import t from 'tap'
import { authorize, authorizeUrl, BASIC, exchangeCode, newCode, PUBLISH, REDIRECT_URI, start } from '../harness.ts'

const DEVELOPMENT = { apps: [{ mode: 'development' as const, testers: ['noor.paints.light'] }] }

t.test('an agreeing person is sent back with a code, the state unchanged, and #_', async t => {
  const location = await authorize(await start(t), { state: 'a b+c/=' })
  t.equal(location.origin + location.pathname, REDIRECT_URI)
  t.match(location.searchParams.get('code'), /^AQ/)
  t.equal(location.searchParams.get('state'), 'a b+c/=')
  t.equal(location.hash, '#_')
})

t.test('a cancelling person is sent back with the three error parameters and the state', async t => {
  const location = await authorize(await start(t, { answer: 'deny' }))
  t.strictSame(Object.fromEntries(location.searchParams), {
    error: 'access_denied', error_reason: 'user_denied', error_description: 'The user denied your request', state: 's1'
  })
})

t.test('refusals are shown on the page and never redirect', async t => {
  const emulator = await start(t, { apps: [{ redirectUris: [REDIRECT_URI] }] })
  const refusals: Array<[name: string, changes: Record<string, string>, message: string]> = [
    ['an unknown app', { client_id: '1' }, 'Invalid platform app'],
    ['the Meta app id', { client_id: '1185920347716402' }, 'Invalid platform app'],
    ['an unregistered redirect', { redirect_uri: 'https://other.example/' }, 'Invalid redirect_uri'],
    ['a redirect with another trailing slash', { redirect_uri: `${REDIRECT_URI}/` }, 'Invalid redirect_uri'],
    ['a redirect with another case', { redirect_uri: REDIRECT_URI.replace('api', 'API') }, 'Invalid redirect_uri'],
    ['another response type', { response_type: 'token' }, 'Invalid response_type: must be code'],
    ['a scope of 2015', { scope: 'basic' }, 'Invalid scope field(s): basic'],
    ['a scope of Basic Display', { scope: 'user_profile,user_media' }, 'Invalid scope field(s): user_profile, user_media'],
    ['the scope name that died in January 2025', { scope: 'business_basic' }, 'Invalid scope field(s): business_basic'],
    ['a scope that is the name of something every object has', { scope: `${BASIC},toString` }, 'Invalid scope field(s): toString'],
    ['a list without the mandatory scope', { scope: PUBLISH }, `Invalid scope: ${BASIC} is required`],
    ['a personal account', { emulator_account: 'sam.at.home' }, 'You need a professional account to continue']
  ]
  for (const [name, changes, message] of refusals) {
    const response = await fetch(authorizeUrl(emulator, changes), { redirect: 'manual', headers: { accept: 'application/json' } })
    t.strictSame([response.status, response.headers.get('location'), await response.json()], [400, null, { error_type: 'OAuthException', code: 400, error_message: message }], name)
  }
})

t.test('a browser sees a refusal as a page', async t => {
  const response = await fetch(authorizeUrl(await start(t), { client_id: '1' }), { headers: { accept: 'text/html' } })
  t.match(response.headers.get('content-type'), /^text\/html/)
  t.match(await response.text(), /Invalid platform app/)
})

t.test('an account without a role cannot enter an app in development mode, a tester can', async t => {
  const emulator = await start(t, DEVELOPMENT)
  const refused = await fetch(authorizeUrl(emulator), { redirect: 'manual', headers: { accept: 'application/json' } })
  t.strictSame([refused.status, (await refused.json() as { error_message: string }).error_message], [400, 'Insufficient Developer Role'])
  t.ok(await newCode(emulator, { emulator_account: 'noor.paints.light' }))
})

t.test('the refusal for want of a role can be switched to a redirect', async t => {
  const location = await authorize(await start(t, { ...DEVELOPMENT, switches: { roleRefusal: 'redirect' } }))
  t.match(Object.fromEntries(location.searchParams), { error: 'access_denied', error_description: 'Insufficient developer role' })
})

t.test('scopes may be separated by commas or by spaces', async t => {
  const emulator = await start(t)
  for (const scope of [`${BASIC},${PUBLISH}`, `${BASIC} ${PUBLISH}`]) {
    const answer = await exchangeCode(emulator, {}, await newCode(emulator, { scope }))
    t.strictSame(answer.json.permissions, [BASIC, PUBLISH])
  }
})

t.test('a person may grant fewer scopes than were asked for, but never without the basic one', async t => {
  const emulator = await start(t, { answer: { account: 'harbour.and.hill', scopes: [] } })
  t.strictSame((await exchangeCode(emulator)).json.permissions, [BASIC])
})

t.test('parameters of no account here, such as a PKCE challenge, are ignored', async t => {
  t.ok(await newCode(await start(t), { code_challenge: 'x', code_challenge_method: 'S256', enable_fb_login: 'false', force_reauth: 'true', force_authentication: '1' }))
})

t.test('the page offers every account and scope and works without scripts', async t => {
  const emulator = await start(t, { answer: 'ask' })
  const url = authorizeUrl(emulator)
  const html = await (await fetch(url)).text()
  t.match(html, /<button[^>]+value="allow"/)
  t.match(html, /<button[^>]+value="deny"/)
  t.match(html, /value="noor.paints.light"/)
  t.match(html, /value="instagram_business_content_publish"/)
  t.notMatch(html, /<script/)

  const form = new URLSearchParams({ answer: 'allow', account: 'noor.paints.light', scope: PUBLISH })
  const response = await fetch(url, { method: 'POST', body: form, redirect: 'manual' })
  const location = new URL(response.headers.get('location') ?? '')
  t.match(location.searchParams.get('code'), /^AQ/)
  t.match(response.headers.get('set-cookie'), /emulator_last_account=noor\.paints\.light/)
})

t.test('a person who presses Cancel goes back as one who denied, and nothing is granted', async t => {
  const emulator = await start(t, { answer: 'ask' })
  const response = await fetch(authorizeUrl(emulator), { method: 'POST', body: new URLSearchParams({ answer: 'deny' }), redirect: 'manual' })
  t.match(Object.fromEntries(new URL(response.headers.get('location') ?? '').searchParams), { error: 'access_denied', error_reason: 'user_denied', state: 's1' })
  t.match(await (await fetch(`${emulator.origin}/www/accounts/manage_access/`)).text(), /No app is connected/)
})

t.test('the account of last time is preselected unless the app forces a new choice', async t => {
  const emulator = await start(t, { answer: 'ask' })
  const checked = async (changes: Record<string, string>) => {
    const html = await (await fetch(authorizeUrl(emulator, changes), { headers: { cookie: 'emulator_last_account=quiet.studio' } })).text()
    return /value="([^"]+)" required checked/.exec(html)?.[1]
  }
  t.equal(await checked({}), 'quiet.studio')
  t.equal(await checked({ force_reauth: 'true' }), 'harbour.and.hill')
})

t.test('names on the page are escaped', async t => {
  const emulator = await start(t, { answer: 'ask', apps: [{ name: '<img src=x>' }] })
  t.notMatch(await (await fetch(authorizeUrl(emulator))).text(), /<img/)
})

for (const openerPolicy of ['none', 'same-origin-allow-popups', 'same-origin'] as const) {
  t.test(`the page's Cross-Origin-Opener-Policy can be ${openerPolicy}`, async t => {
    const response = await fetch(authorizeUrl(await start(t, { answer: 'ask', switches: { openerPolicy } })))
    t.equal(response.headers.get('cross-origin-opener-policy'), openerPolicy === 'none' ? null : openerPolicy)
  })
}

t.test('a function that throws is a fault of 500, not a refusal', async t => {
  const emulator = await start(t, { answer: () => { throw new Error('broken test') } })
  const response = await fetch(authorizeUrl(emulator), { headers: { accept: 'application/json' } })
  t.match([response.status, await response.json()], [500, { error_message: 'broken test' }])
})

t.test('a function answers each sign-in by what it is for', async t => {
  const emulator = await start(t, { answer: ({ state }) => state === 'no' ? 'deny' : { account: state ?? '' } })
  t.equal((await authorize(emulator, { state: 'no' })).searchParams.get('error'), 'access_denied')
  const answer = await exchangeCode(emulator, {}, await newCode(emulator, { state: 'noor.paints.light' }))
  t.match(answer.text, `"user_id":${emulator.control.idsOf('noor.paints.light').id}`)
})

t.test('fifty people signing in at once each get their own account', async t => {
  const usernames = Array.from({ length: 50 }, (_, index) => `person.${index}`)
  const emulator = await start(t, { accounts: usernames.map(username => ({ username })) })
  const ids = await Promise.all(usernames.map(async username => /"user_id":(\d+)/.exec((await exchangeCode(emulator, {}, await newCode(emulator, { emulator_account: username }))).text)?.[1]))
  t.strictSame(ids, usernames.map(username => emulator.control.idsOf(username).id))
})
