import { createHmac } from 'node:crypto'
import t from 'tap'
import { readSignedRequest } from '../../src/auth/signed-request.ts'

/** Constructed vectors: the MAC was computed over the payload's text with this secret. */
const SECRET = 'a1b2C3D4e5F6a7b8C9d0E1f2A3b4C5d6'
const VALID = 'EGdFBxZBln9OouTKfCrZQDERR-5CM3g9S7OtEpAgd7M.eyJ1c2VyX2lkIjoiMjU1Njg0NTQ5MjYxNDMxMTAiLCJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImlzc3VlZF9hdCI6MTc1NzAwMDAwMH0'
const TAMPERED = 'EGdFBxZBln9OouTKfCrZQDERR-5CM3g9S7OtEpAgd7M.eyJ1c2VyX2lkIjoiMjU1Njg0NTQ5MjYxNDMxMTEiLCJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImlzc3VlZF9hdCI6MTc1NzAwMDAwMH0'

function sign (json: string, secret = SECRET): string {
  const payload = Buffer.from(json).toString('base64url')
  return `${createHmac('sha256', secret).update(payload).digest('base64url')}.${payload}`
}

t.test('a request signed with the Instagram app secret is read', async t => {
  t.same(readSignedRequest(VALID, [SECRET]), { accountId: '25568454926143110' })
})

t.test('a request signed with the Meta app secret is read when that is listed', async t => {
  const signed = sign('{"user_id":"1","algorithm":"HMAC-SHA256"}', 'meta secret')
  t.same(readSignedRequest(signed, [SECRET, 'meta secret']), { accountId: '1' })
  t.equal(readSignedRequest(signed, [SECRET]), undefined)
})

t.test('a numeric user id above 2^53 keeps its digits', async t => {
  t.equal(readSignedRequest(sign('{"user_id":25568454926143111,"algorithm":"HMAC-SHA256"}'), [SECRET])?.accountId, '25568454926143111')
})

for (const [name, text] of [
  ['is tampered with', TAMPERED],
  ['has no dot', VALID.replace('.', '')],
  ['has two dots', `${VALID}.x`],
  ['is empty', ''],
  ['has a short MAC', `AAAA.${VALID.split('.')[1]}`],
  ['names another algorithm', sign('{"user_id":"1","algorithm":"none"}')],
  ['names no algorithm', sign('{"user_id":"1"}')],
  ['names no user', sign('{"algorithm":"HMAC-SHA256"}')],
  ['names a user that is no id', sign('{"user_id":"1 or 1=1","algorithm":"HMAC-SHA256"}')],
  ['holds no JSON', sign('hello')],
  ['holds null', sign('null')]
] as const) {
  t.test(`a request that ${name} is refused`, async t => {
    t.equal(readSignedRequest(text, [SECRET]), undefined)
  })
}

t.test('the algorithm may be written in small letters', async t => {
  t.ok(readSignedRequest(sign('{"user_id":"1","algorithm":"hmac-sha256"}'), [SECRET]))
})
