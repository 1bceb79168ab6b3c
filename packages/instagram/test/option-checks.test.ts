import t from 'tap'
import { ContactsheetError } from '../src/errors.ts'
import { resolveOptions, type InstagramOptions } from '../src/options.ts'

const VALID: InstagramOptions = {
  secret: 'a secret of the tests that is long enough',
  publicUrl: 'https://photos.example.com',
  app: { instagramAppId: '7301592846013577', instagramAppSecret: 'a1b2C3D4e5F6a7b8C9d0E1f2A3b4C5d6' },
  storage: {}
}
const CALLBACK = '/api/client/instagram/authCallback/open'

function refusalOf (changes: object): string {
  try {
    resolveOptions({ ...VALID, ...changes })
    return 'accepted'
  } catch (error) {
    return error instanceof ContactsheetError && error.code === 'OPTIONS_INVALID' ? error.message : `another error: ${String(error)}`
  }
}

t.test('options that can work are accepted', async t => {
  t.equal(refusalOf({}), 'accepted')
  t.equal(resolveOptions(VALID).redirectUri, `https://photos.example.com${CALLBACK}`)
  t.equal(resolveOptions({ ...VALID, prefix: '/photos' }).redirectUri, `https://photos.example.com/photos${CALLBACK}`)
})

for (const publicUrl of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'http://app.localhost', 'https://photos.example.com/']) {
  t.test(`publicUrl may be ${publicUrl}`, async t => {
    t.equal(refusalOf({ publicUrl }), 'accepted')
  })
}

for (const [name, changes, sentence] of [
  ['publicUrl is missing', { publicUrl: undefined }, /publicUrl must be an absolute address such as https:/],
  ['publicUrl is no address', { publicUrl: 'photos.example.com' }, /publicUrl must be an absolute address/],
  ['publicUrl is http', { publicUrl: 'http://photos.example.com' }, /publicUrl must begin with https:.+got "http:\/\/photos\.example\.com"/],
  ['publicUrl has a path', { publicUrl: 'https://example.com/photos' }, /a path before every route belongs into the option prefix/],
  ['prefix has no slash in front', { prefix: 'photos' }, /prefix must be "\/" or a path such as "\/photos"/],
  ['prefix ends in a slash', { prefix: '/photos/' }, /without a slash at its end, got "\/photos\/"/],
  ['redirectUri is http', { redirectUri: `http://photos.example.com${CALLBACK}` }, /redirectUri must begin with https:/],
  ['redirectUri ends in another slash', { redirectUri: `https://photos.example.com${CALLBACK}/` }, /must not end in a slash.+dashboard may have added one/],
  ['redirectUri is another path', { redirectUri: 'https://photos.example.com/callback' }, /redirectUri must end in \/api\/client\/instagram\/authCallback\/open/],
  ['redirectUri leaves out the prefix', { prefix: '/photos', redirectUri: `https://photos.example.com${CALLBACK}` }, /redirectUri must end in \/photos\/api/],
  ['redirectUri is no address', { redirectUri: CALLBACK }, /redirectUri must be an absolute address/],
  ['the app is missing', { app: undefined }, /the app "default" must be an object/],
  ['the app id is a number', { app: { ...VALID.app, instagramAppId: 7301592846013577 } }, /instagramAppId of the app "default" must be the digits .+ as a string/],
  ['the app id is a name', { app: { ...VALID.app, instagramAppId: 'my-app' } }, /must be the digits of the Instagram app ID.+got "my-app"/],
  ['the app id is the Meta app id', { app: { ...VALID.app, metaAppId: VALID.app.instagramAppId } }, /is the Meta app id of Settings > Basic.+take the Instagram app ID/],
  ['the secret is the Meta app secret', { app: { ...VALID.app, metaAppSecret: VALID.app.instagramAppSecret } }, /is the Meta app secret of Settings > Basic.+take the Instagram app secret/],
  ['the secret was copied with a space', { app: { ...VALID.app, instagramAppSecret: ` ${VALID.app.instagramAppSecret}` } }, /without spaces around it/],
  ['the secret is missing', { app: { instagramAppId: '7301592846013577' } }, /instagramAppSecret of the app "default" must be/],
  ['a customer’s app is wrong', { apps: { shop: { instagramAppId: '', instagramAppSecret: '' } } }, /instagramAppId of the app "shop"/],
  ['one Instagram app has two secrets', { apps: { shop: { ...VALID.app, instagramAppSecret: 'another secret of the app' } } }, /have the same instagramAppId but different secrets/],
  ['the secret of the plugin is short', { secret: 'short' }, /secret must be a string of at least 32 characters/]
] as ReadonlyArray<readonly [string, object, RegExp]>) {
  t.test(`${name}: the sentence says what to do`, async t => {
    t.match(refusalOf(changes), sentence)
  })
}

t.test('no sentence repeats a secret', async t => {
  const secret = ' top-secret-of-the-app '
  t.notMatch(refusalOf({ app: { ...VALID.app, instagramAppSecret: secret } }), 'top-secret')
  t.notMatch(refusalOf({ secret: 'short-secret' }), 'short-secret')
})

t.test('a forwarder for local development may stand before the callback', async t => {
  const redirectUri = `https://redirectmeto.com/http://localhost:3000${CALLBACK}`
  t.equal(resolveOptions({ ...VALID, publicUrl: 'http://localhost:3000', redirectUri }).redirectUri, redirectUri)
})
