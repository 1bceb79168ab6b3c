import t from 'tap'
import { explainExchange } from '../../src/auth/explain-exchange.ts'
import { readShortToken } from '../../src/auth/oauth.ts'
import { ContactsheetError } from '../../src/errors.ts'

const GRANTED = ['instagram_business_basic', 'instagram_business_content_publish']

for (const [name, permissions, read] of [
  ['a list', GRANTED, GRANTED],
  ['a text with commas', GRANTED.join(','), GRANTED],
  ['a text with spaces', GRANTED.join(' '), GRANTED],
  ['a text with commas and spaces', GRANTED.join(', '), GRANTED],
  ['absent', undefined, undefined],
  ['null', null, undefined],
  ['a list with nonsense in it', [...GRANTED, 5, null], GRANTED],
  ['an empty text', '', []]
] as const) {
  t.test(`permissions may be ${name}`, async t => {
    t.same(readShortToken({ access_token: 'IGAA', user_id: 1, permissions }), { token: 'IGAA', permissions: read })
  })
}

t.test('the token is read from the documented form too', async t => {
  t.same(readShortToken({ data: [{ access_token: 'IGAA', user_id: '1', permissions: 'a,b' }] }), { token: 'IGAA', permissions: ['a', 'b'] })
})

for (const body of [undefined, null, {}, { data: [] }, { data: [null] }, { access_token: 5 }, { access_token: '' }, 'IGAA', []]) {
  t.test(`${JSON.stringify(body) ?? 'nothing'} is no token answer`, async t => {
    t.throws(() => readShortToken(body), new ContactsheetError('INSTAGRAM_UNAVAILABLE', 'Instagram does not answer properly at the moment. Try again in a minute.'))
  })
}

const answered = (status: number, payload: unknown) => Object.assign(new Error('Response Error'), { data: { isResponseError: true, payload }, output: { statusCode: status } })

t.test('a refused code is told as such, with Instagram’s own sentence for the log', async t => {
  const error = explainExchange(answered(400, { error_type: 'OAuthException', code: 400, error_message: 'Invalid platform app' })) as ContactsheetError
  t.equal(error.code, 'INSTAGRAM_SIGN_IN_REFUSED')
  t.match((error.cause as Error).message, 'Invalid platform app')
})

t.test('a refusal in the Graph API’s form is understood too', async t => {
  const error = explainExchange(answered(400, { error: { message: 'Unsupported request - method type: get' } })) as ContactsheetError
  t.match((error.cause as Error).message, 'Unsupported request')
})

t.test('a refusal without a sentence is still one', async t => {
  for (const payload of [undefined, null, {}, { error_message: 5 }, Buffer.from('<html>')]) {
    t.equal((explainExchange(answered(400, payload)) as ContactsheetError).code, 'INSTAGRAM_SIGN_IN_REFUSED')
  }
})

for (const [name, error] of [
  ['status 500', answered(500, {})],
  ['status 429', answered(429, {})],
  ['a refused connection', new Error('connect ECONNREFUSED')],
  ['an empty answer', new TypeError('Cannot create access token without a token to parse')]
] as const) {
  t.test(`${name} is told as Instagram not answering`, async t => {
    t.equal((explainExchange(error) as ContactsheetError).code, 'INSTAGRAM_UNAVAILABLE')
  })
}

t.test('an error of ours passes', async t => {
  const error = new ContactsheetError('SIGN_IN_USED', 'used')
  t.equal(explainExchange(error), error)
})
