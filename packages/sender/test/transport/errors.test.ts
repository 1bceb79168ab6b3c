import t from 'tap'
import { classifyError } from '../../src/transport/errors.ts'

for (const [code, expected] of [
  ['ECONNREFUSED', 'connection-refused'],
  ['ECONNRESET', 'connection-reset'],
  ['UND_ERR_SOCKET', 'connection-reset'],
  ['ETIMEDOUT', 'connect-timeout'],
  ['ENOTFOUND', 'lookup-failed'],
  ['EHOSTUNREACH', 'unreachable'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
  ['UND_ERR_HEADERS_OVERFLOW', 'headers-too-large'],
  ['ADDRESS_REFUSED', 'address-refused'],
  ['SOMETHING_NEW', 'network']
] as const) {
  t.test(`${code} is ${expected}`, async t => {
    t.equal(classifyError(Object.assign(new Error('failed'), { code })), expected)
  })
}

t.test('of several addresses that failed, the first says why', async t => {
  const refused = Object.assign(new Error('failed'), { code: 'ECONNREFUSED' })
  t.equal(classifyError(new AggregateError([refused, new Error('another')])), 'connection-refused')
})

t.test('what is not an error is still an answer', async t => {
  t.equal(classifyError('failed'), 'network')
  t.equal(classifyError(new Error('no code')), 'network')
})
