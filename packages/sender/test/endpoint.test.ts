import t from 'tap'
import { KNOWN_ACTIONS } from '@contactsheet/webhooks'
import { parseEntryId, parseEvents, parseSecrets, parseSettings, parseUrl } from '../src/endpoint.ts'

t.test('\'all\' is every event type of the contract', async t => {
  t.same(parseEvents('all'), [...KNOWN_ACTIONS].sort())
})

t.test('events are kept once each', async t => {
  t.same(parseEvents(['fp.upload', 'fp.delete', 'fp.upload']), ['fp.delete', 'fp.upload'])
})

for (const events of [[], [''], ['has space'], ['colon:inside']]) {
  t.test(`events ${JSON.stringify(events)} are refused`, async t => {
    t.throws(() => parseEvents(events), { code: 'SENDER_ENDPOINT_INVALID' })
  })
}

for (const url of ['', 'receiver.example', 'ftp://receiver.example/', 'https://', 'https://user@receiver.example/', 'https://:pass@receiver.example/', 'https://[fe80::1%25eth0]/']) {
  t.test(`the url ${JSON.stringify(url)} is refused`, async t => {
    t.throws(() => parseUrl(url), { code: 'SENDER_ENDPOINT_INVALID' })
  })
}

t.test('what follows # is not part of an endpoint', async t => {
  t.equal(parseUrl('https://receiver.example/hook?a=b#c').href, 'https://receiver.example/hook?a=b')
})

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'

for (const secret of ['short', 'has a space in its sixteen', 'whsec_this is not base64', 'whsec_AAAA', `whpk_${Buffer.alloc(32, 1).toString('base64')}`, [SECRET, ''], Array(17).fill(SECRET)]) {
  t.test(`the secret ${JSON.stringify(secret)} is refused`, async t => {
    t.throws(() => parseSecrets(secret), { code: 'SENDER_ENDPOINT_INVALID' })
  })
}

t.test('a text, a whsec_ secret and an ed25519 key can all sign', async t => {
  const secrets = ['sixteen-bytes-or-more', SECRET, `whsk_${Buffer.alloc(32, 7).toString('base64')}`]
  t.same(parseSecrets(secrets), secrets)
})

for (const name of ['FS-Signature', 'webhook-id', 'Content-Type', 'content-length', 'Host', 'Transfer-Encoding', 'bad name', '']) {
  t.test(`the header ${JSON.stringify(name)} cannot be set`, async t => {
    t.throws(() => parseSettings({ headers: { [name]: 'x' } }), { code: 'SENDER_ENDPOINT_INVALID' })
  })
}

for (const settings of [
  { timeoutMs: 0 }, { timeoutMs: 120_001 }, { concurrency: 1.5 }, { concurrency: 1_001 }, { rateLimit: { count: 0, perMs: 1 } }, { rateLimit: { count: 1, perMs: NaN } },
  { headers: { 'x-token': 'line\r\nbreak' } }
]) {
  t.test(`${JSON.stringify(settings)} is refused`, async t => {
    t.throws(() => parseSettings(settings), { code: 'SENDER_ENDPOINT_INVALID' })
  })
}

t.test('an entry\'s id names its endpoint and its event', async t => {
  t.same(parseEntryId('ep_one:fp.upload'), { endpointId: 'ep_one', event: 'fp.upload' })
  t.same(parseEntryId('ep_one'), { endpointId: 'ep_one', event: undefined })
})
