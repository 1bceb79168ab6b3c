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
  ['database is of another kind', { database: 'mysql://user:secret@host/name' }, /database must be the path of an SQLite file.+ got "mysql:\/\/…"$/],
  ['database is nothing', { database: '' }, /database must be .+ got ""/],
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
  ['the secret of the plugin is short', { secret: 'short' }, /secret must be a string of at least 32 characters/],
  ['a secret of the list is missing', { secret: [VALID.secret, undefined] }, /secret must be a string of at least 32 characters/],
  ['the policy secret is short', { app: { ...VALID.app, secret: 'short' } }, /secret of the app "default" must be a string of at least 16 characters/],
  ['an origin ends in a slash', { app: { ...VALID.app, origins: ['https://shop.example.com/'] } }, /origins of the app "default" must be origins .+got "https:\/\/shop\.example\.com\/"/],
  ['an origin has the port that goes without saying', { app: { ...VALID.app, origins: ['https://shop.example.com:443'] } }, /origins of the app "default" must be origins/],
  ['an origin is a host', { app: { ...VALID.app, origins: ['shop.example.com'] } }, /origins of the app "default" must be origins/],
  ['an origin is a wildcard', { app: { ...VALID.app, origins: ['*'] } }, /origins of the app "default" must be origins/],
  ['a kind is an ending', { app: { ...VALID.app, mimetypes: ['.jpg'] } }, /mimetypes of the app "default" must list kinds/],
  ['no kind is allowed', { app: { ...VALID.app, mimetypes: [] } }, /mimetypes of the app "default" must list kinds/],
  ['an ending is a kind', { app: { ...VALID.app, extensions: ['image/png'] } }, /extensions of the app "default" must list endings/],
  ['the largest size is no number', { app: { ...VALID.app, maxSize: '40 MB' } }, /maxSize must be a number of at least 1, got "40 MB"/],
  ['storage is missing', { storage: undefined }, /storage must be an object of locations/],
  ['a location has no directory', { storage: { S3: { type: 'disk' } } }, /storage\.S3 must be \{ type: 'disk', directory \}/],
  ['a location has an unknown type', { storage: { S3: { type: 'gcs', bucket: 'photos' } } }, /storage\.S3 must be .+got the type "gcs"/],
  ['a location has no container', { storage: { S3: { type: 'disk', directory: '.', containers: [] } } }, /storage\.S3\.containers must name at least one/],
  ['a host is an address', { urlHosts: ['https://intranet.example'] }, /urlHosts must list hosts/],
  ['a CDN host is an address', { instagram: { cdnHosts: ['https://cdn.example/'] } }, /instagram\.cdnHosts must list hosts/],
  ['the rate is zero', { rateLimit: { max: 0 } }, /rateLimit\.max must be a number of at least 1/],
  ['the number of processes is no whole one', { conversions: { processes: 1.5 } }, /conversions\.processes must be a whole number/],
  ['the number of processes is negative', { conversions: { processes: -1 } }, /conversions\.processes must be a number of at least 0/],
  ['the mode is unknown', { conversions: { mode: 'best' } }, /conversions\.mode must be 'quality' or 'fast'/],
  ['a limit is no number', { conversions: { limits: { deadlineMs: NaN } } }, /conversions\.limits\.deadlineMs must be a number/]
] as ReadonlyArray<readonly [string, object, RegExp]>) {
  t.test(`${name}: the sentence says what to do`, async t => {
    t.match(refusalOf(changes), sentence)
  })
}

t.test('an origin may have a port, or the scheme of an app built on a web view', async t => {
  t.equal(refusalOf({ app: { ...VALID.app, origins: ['https://shop.example.com', 'http://localhost:5173', 'capacitor://localhost'] } }), 'accepted')
})

t.test('hosts may have a port, a wildcard in front, or be an address in brackets', async t => {
  t.equal(refusalOf({ urlHosts: ['localhost:3000', '127.0.0.1', '[::1]:8080', '*.example.com', 'cdn.example.com:8443'] }), 'accepted')
})

t.test('no sentence repeats a secret', async t => {
  const secret = ' top-secret-of-the-app '
  t.notMatch(refusalOf({ app: { ...VALID.app, instagramAppSecret: secret } }), 'top-secret')
  t.notMatch(refusalOf({ secret: 'short-secret' }), 'short-secret')
  t.notMatch(refusalOf({ app: { ...VALID.app, secret: 'short-secret' } }), 'short-secret')
})

t.test('a forwarder for local development may stand before the callback', async t => {
  const redirectUri = `https://redirectmeto.com/http://localhost:3000${CALLBACK}`
  t.equal(resolveOptions({ ...VALID, publicUrl: 'http://localhost:3000', redirectUri }).redirectUri, redirectUri)
})
