import { isUtf8 } from 'node:buffer'
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'
import { TEST_SECRET } from '@contactsheet/webhooks/testing'

const key = createSecretKey(Buffer.from(TEST_SECRET.slice('whsec_'.length), 'base64'))

/** The least that does the same: one key, one signature, the window, constant time, UTF-8, JSON. */
export function byHand (body: Buffer, headers: Record<string, string>): unknown {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature = '' } = headers
  if (Math.abs(Math.floor(Date.now() / 1000) - Number(timestamp)) > 300) throw new Error('stale')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')
  const given = Buffer.from(signature.slice('v1,'.length))
  const computed = Buffer.from(expected)
  if (given.length !== computed.length || !timingSafeEqual(given, computed)) throw new Error('mismatch')
  if (!isUtf8(body)) throw new Error('no UTF-8')
  return JSON.parse(body.toString())
}
