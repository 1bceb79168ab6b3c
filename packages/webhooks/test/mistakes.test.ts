import t from 'tap'
import { createKeyring, createReceiver, verify, WebhookError, type ReceiverOptions, type VerifyOptions } from '../src/index.ts'
import { TEST_SECRET, createClock, fixture, signedRequest } from '../src/testing.ts'

const clock = createClock()
const { now } = clock
const request = signedRequest(fixture('fp.upload'), { now })
const base64 = TEST_SECRET.slice('whsec_'.length)

const check = (changes: Partial<VerifyOptions>) => {
  const verification = verify({ ...request, secret: TEST_SECRET, now, ...changes })
  return verification.valid ? undefined : verification
}

async function receive (changes: Partial<ReceiverOptions>, sent: Partial<typeof request> = {}) {
  const { error } = await createReceiver({ secrets: TEST_SECRET, now, ...changes }).receive({ ...request, ...sent })
  return error
}

function thrown (work: () => unknown): WebhookError | undefined {
  try {
    work()
  } catch (error) {
    if (error instanceof WebhookError) return error
  }
  return undefined
}

const without = (name: string) => Object.fromEntries(Object.entries(request.headers).filter(([header]) => header !== name))
const onlyStandard = signedRequest(fixture('fp.upload'), { now, schemes: ['standard'] })

/** Each mistake, the code it gets, and the words that name it. */
const MISTAKES: ReadonlyArray<[string, () => Promise<unknown> | unknown, string, RegExp]> = [
  ['a body parser ran first', () => check({ body: fixture('fp.upload') as unknown as Uint8Array }), 'WEBHOOK_BODY_PARSED', /did a body parser run first\?/],
  ['the body was decoded to a string', () => check({ body: request.body.toString() as unknown as Uint8Array }), 'WEBHOOK_BODY_TEXT', /got a string/],
  ['the secret was pasted with white space', () => thrown(() => createKeyring(`${TEST_SECRET}\n`)), 'WEBHOOK_SECRET_WHITESPACE', /white space/],
  ['the secret is not set', () => thrown(() => createKeyring(undefined as unknown as string)), 'WEBHOOK_SECRET_MISSING', /environment variable/],
  ['the secret is too short', () => thrown(() => createKeyring('secret')), 'WEBHOOK_SECRET_WEAK', /at least 16 bytes, got 6/],
  ['it is the secret of another endpoint', () => check({ secret: `whsec_${Buffer.alloc(24, 5).toString('base64')}` }), 'WEBHOOK_SIGNATURE_MISMATCH', /secret of this endpoint/],
  ['a base64 secret was given without its prefix', () => check({ ...onlyStandard, secret: base64 }), 'WEBHOOK_SECRET_ENCODING', /needs the prefix whsec_/],
  ['signing is switched off at the sender', () => check({ headers: {} }), 'WEBHOOK_SIGNATURE_MISSING', /switched on at the sender/],
  ['a proxy dropped a header', () => check({ headers: without('webhook-timestamp'), schemes: ['standard'] }), 'WEBHOOK_HEADER_MISSING', /without webhook-timestamp/],
  ['a clock is slow by seven minutes', () => check({ now: () => now() - 420_000, schemes: ['standard'] }), 'WEBHOOK_TIMESTAMP_AHEAD', /420 s ahead of this clock/],
  ['a clock is fast by seven minutes', () => check({ now: () => now() + 420_000, schemes: ['standard'] }), 'WEBHOOK_TIMESTAMP_STALE', /420 s old/],
  ['the content type is a form', () => receive({}, { headers: { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' } }), 'WEBHOOK_CONTENT_TYPE', /got "application\/x-www-form-urlencoded"/],
  ['the body is larger than the limit', () => receive({ limits: { maxBodyBytes: 16 } }), 'WEBHOOK_BODY_TOO_LARGE', /at most 16 bytes/],
  ['a handler is registered for a misspelt action', () => thrown(() => createReceiver({ secrets: TEST_SECRET, on: { 'fp.uplaod': () => {} } as ReceiverOptions['on'] & object })), 'WEBHOOK_OPTION_INVALID', /"fp.uplaod", which is no action/]
]

for (const [mistake, make, code, words] of MISTAKES) {
  t.test(`${mistake}: ${code}`, async t => {
    t.match(await make(), { code, message: words })
  })
}

t.test('every mistake has a code of its own', async t => {
  t.equal(new Set(MISTAKES.map(([, , code]) => code)).size, MISTAKES.length)
})
