// Checking a signature, that the bytes are UTF-8, and parsing the JSON: ours, standardwebhooks, and node:crypto by hand.
//
//   pnpm --filter @contactsheet-test/bench run webhooks-verify
import { createKeyring, parseBody, verify } from '@contactsheet/webhooks'
import { TEST_SECRET, signedRequest } from '@contactsheet/webhooks/testing'
import { Webhook } from 'standardwebhooks'
import { atLeast, report, told } from '../../results/report.ts'
import { compare, print, type Contender } from '../rounds.ts'
import { EVENTS } from './bodies.ts'
import { byHand } from './by-hand.ts'

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
    { name: 'standardwebhooks, Buffer', run (times) { for (let n = 0; n < times; n += 1) reference.verify(body, headers) } },
    { name: 'JSON.parse alone', run (times) { for (let n = 0; n < times; n += 1) JSON.parse(text) } }
  ]
}

/** How many times as fast as standardwebhooks it must be, which takes a text or a Buffer; the text is the faster one. */
const GOALS = { '300 B': 2.3, '10 KB': 3.8, '200 KB': 3.5 } as const

const checks = Object.entries(EVENTS).flatMap(([size, eventOf]) => {
  const { headers, body } = signedRequest(eventOf(100_946), { schemes: ['standard'] })
  const rates = compare(contenders(body, headers), { rounds: 21, turnMs: 60 })
  print(`verify, ${size} (${body.length} bytes), per second of processor time`, rates, 'ours')
  const rateOf = (name: string) => rates.get(name) ?? NaN
  return [
    told(`${size} (${body.length} bytes): per second of processor time`, rateOf('ours')),
    atLeast(`${size}: share of node:crypto by hand`, rateOf('ours') / rateOf('node:crypto by hand'), 0.95),
    atLeast(`${size}: standardwebhooks, string`, rateOf('ours') / rateOf('standardwebhooks, string'), GOALS[size as keyof typeof GOALS], ' ×'),
    told(`${size}: JSON.parse alone, share of the check by hand`, rateOf('node:crypto by hand') / rateOf('JSON.parse alone'))
  ]
})
report('webhooks-verify', 'Checking a webhook: signature, UTF-8, JSON', checks)
