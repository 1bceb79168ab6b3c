// Checking a signature, that the bytes are UTF-8, and parsing the JSON: ours, standardwebhooks, and node:crypto by hand.
//
//   pnpm --filter @contactsheet-test/bench run webhooks-verify
import { isUtf8 } from 'node:buffer'
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'
import { createKeyring, parseBody, verify } from '@contactsheet/webhooks'
import { TEST_SECRET, signedRequest } from '@contactsheet/webhooks/testing'
import { Webhook } from 'standardwebhooks'
import { compare, print, type Contender } from '../rounds.ts'
import { SIZES, eventOf } from './bodies.ts'

const key = createSecretKey(Buffer.from(TEST_SECRET.slice('whsec_'.length), 'base64'))
const keyring = createKeyring(TEST_SECRET)
const reference = new Webhook(TEST_SECRET)

function contenders (body: Buffer, headers: Record<string, string>): Contender[] {
  const text = body.toString()
  return [
    {
      name: 'ours',
      run (times) {
        for (let n = 0; n < times; n += 1) {
          if (!verify({ body, headers, secrets: keyring }).valid) throw new Error('refused')
          parseBody(body)
        }
      }
    },
    { name: 'node:crypto by hand', run (times) { for (let n = 0; n < times; n += 1) byHand(body, headers) } },
    { name: 'standardwebhooks, string', run (times) { for (let n = 0; n < times; n += 1) reference.verify(text, headers) } },
    { name: 'standardwebhooks, Buffer', run (times) { for (let n = 0; n < times; n += 1) reference.verify(body, headers) } }
  ]
}

/** The least that does the same: one key, one signature, the window, constant time, UTF-8, JSON. */
function byHand (body: Buffer, headers: Record<string, string>): unknown {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature = '' } = headers
  if (Math.abs(Math.floor(Date.now() / 1000) - Number(timestamp)) > 300) throw new Error('stale')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')
  const given = Buffer.from(signature.slice('v1,'.length))
  const computed = Buffer.from(expected)
  if (given.length !== computed.length || !timingSafeEqual(given, computed)) throw new Error('mismatch')
  if (!isUtf8(body)) throw new Error('no UTF-8')
  return JSON.parse(body.toString())
}

for (const [size, bytes] of Object.entries(SIZES)) {
  const { headers, body } = signedRequest(eventOf(bytes), { schemes: ['standard'] })
  print(`verify, ${size} (${body.length} bytes), per second of processor time`, compare(contenders(body, headers)), 'ours')
}
