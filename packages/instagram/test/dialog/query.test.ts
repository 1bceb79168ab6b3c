import t from 'tap'
import { readDialogQuery, refusedDialog, type DialogQuery } from '../../src/dialog/query.ts'
import type { App } from '../../src/options.ts'

const app: App = { key: 'k', instagramAppId: '1', instagramAppSecret: 's', secret: undefined, metaAppSecret: undefined, origins: ['https://shop.example'], mimetypes: ['image/*'], extensions: [], maxSize: 1000 }
const place = { base: '/photos', origins: ['https://photos.example', 'https://shop.example'], language: 'en' } as const
const read = (query: DialogQuery) => readDialogQuery(query, app, place)

t.test('an empty query asks for one photo of any kind, linked, in a modal, with the list of services first', async t => {
  t.strictSame(read({}), {
    id: '0',
    key: 'k',
    base: '/photos',
    origins: place.origins,
    language: 'en',
    container: 'modal',
    offersInstagram: true,
    opensInstagram: false,
    multiple: false,
    mimetypes: ['*/*'],
    hide: false,
    takesStepsBack: false
  })
})

t.test('only a page that says so has the steps of the dialog taken back', async t => {
  t.equal(read({ steps: true }).takesStepsBack, true)
  t.equal(read({ steps: false }).takesStepsBack, false)
})

t.test('Instagram is asked for by number, by name, and by naming nothing', async t => {
  t.equal(read({ s: '11' }).offersInstagram, true)
  t.equal(read({ s: '1,instagram' }).offersInstagram, true)
  t.equal(read({ s: '1,2' }).offersInstagram, false)
})

t.test('the list of services is passed over when there is only one, or when one is to be opened', async t => {
  t.equal(read({ s: '11' }).opensInstagram, true)
  t.equal(read({ s: '1,11' }).opensInstagram, false)
  t.equal(read({ s: '1,11', loc: '11' }).opensInstagram, true)
})

t.test('mimetypes and extensions are lists; extensions get their dot and lower case', async t => {
  t.same(read({ m: 'image/png, image/jpeg' }).mimetypes, ['image/png', 'image/jpeg'])
  t.same(read({ ext: 'JPG,.png' }).extensions, ['.jpg', '.png'])
})

t.test('the limits of the page are passed on; 0 is none', async t => {
  t.match(read({ minSize: 5, maxSize: 10, maxFiles: 2 }), { minSize: 5, maxSize: 10, maxFiles: 2 })
  t.match(read({ maxSize: 0, maxFiles: 0 }), { maxSize: undefined, maxFiles: undefined })
})

t.test('a location makes copies', async t => {
  t.same(read({ storeLocation: 'S3', storePath: 'a/', storeAccess: 'public' }).store, { location: 'S3', path: 'a/', access: 'public' })
  t.equal(read({ storePath: 'a/' }).store, undefined)
})

t.test('an opener is one of the listed origins or is refused', async t => {
  t.equal(read({ origin: 'https://shop.example' }).opener, 'https://shop.example')
  t.equal(read({ origin: 'https://shop.example' }).refusal, undefined)
  t.equal(read({ origin: 'https://evil.example' }).opener, undefined)
  t.equal(read({ origin: 'https://evil.example' }).refusal, 'ORIGIN_NOT_ALLOWED')
})

t.test('any other container is an iframe of the page', async t => {
  t.equal(read({ container: 'window' }).container, 'window')
  t.equal(read({ container: 'my-frame' }).container, 'iframe')
})

t.test('a refused dialog carries no app', async t => {
  t.match(refusedDialog('APP_UNKNOWN', place), { refusal: 'APP_UNKNOWN', key: '', origins: place.origins })
})
