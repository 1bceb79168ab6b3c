import Fastify from 'fastify'
import t from 'tap'
import { KNOWN_ACTIONS, classify, verify } from '../src/index.ts'
import { webhookReceiver } from '../src/fastify.ts'
import { TEST_SECRET, createClock, fixture, inject, signedRequest } from '../src/testing.ts'
import { PRODUCT_PAGE } from './fixtures.ts'

t.test('there is a valid fixture of every action', async t => {
  for (const action of KNOWN_ACTIONS) t.match(classify(fixture(action)), { kind: 'known', action })
})

t.test("the fixtures are the payloads of Filestack's page where it has one", async t => {
  t.strictSame(fixture('fp.upload'), PRODUCT_PAGE.symlink)
  t.strictSame(fixture('fp.export'), PRODUCT_PAGE.exported)
  t.strictSame(fixture('fp.converse'), PRODUCT_PAGE.conversion)
})

t.test('your own fields replace those of the fixture, and text is merged', async t => {
  const event = fixture('fp.upload', { id: 7, text: { filename: 'mine.jpg' } })
  t.match(event, { id: 7, timestamp: 1443444905, text: { filename: 'mine.jpg', client: 'Instagram' } })
})

t.test('a fixture that is changed does not change the next one', async t => {
  const first = fixture('fp.delete')
  first.text.url = 'changed'
  t.not(fixture('fp.delete').text.url, 'changed')
})

t.test('a signed request verifies with the test secret, in both families unless one is asked for', async t => {
  const { headers, body } = signedRequest(fixture('fp.upload'))
  for (const scheme of ['standard', 'filestack'] as const) t.match(verify({ headers, body, secret: TEST_SECRET, schemes: [scheme] }), { valid: true, scheme })
  t.notOk('FS-Signature' in signedRequest(fixture('fp.upload'), { schemes: ['standard'] }).headers)
})

t.test('bytes are signed as they are', async t => {
  const bytes = Buffer.from(' { } ')
  t.ok(signedRequest(bytes).body.equals(bytes))
})

t.test('an event is sent to an app without a network', async t => {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(webhookReceiver, { url: '/hooks', secrets: TEST_SECRET })
  t.equal((await inject(app, fixture('fp.delete'), { url: '/hooks' })).statusCode, 200)
  t.equal((await inject(app, fixture('fp.delete'), { url: '/hooks', secret: 'x'.repeat(16) })).statusCode, 401)
})

t.test('a clock stands until it is moved', async t => {
  const clock = createClock(5)
  t.equal(clock.now(), 5)
  clock.advance(10)
  t.equal(clock.now(), 15)
})
