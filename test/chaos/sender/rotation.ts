// Secrets rotate every second while events flow, and the receiver changes to the new one at a random moment within the
// overlap. It knows one secret at a time, and every request must verify.
//
//   node --conditions=contactsheet-source test/chaos/sender/rotation.ts [--seconds 60] [--rate 500] [--check]
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { createSender } from '@contactsheet/sender'
import { verify } from '@contactsheet/webhooks'
import { atLeast, atMost, report } from '../../results/report.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, rate: { type: 'string', default: '500' }, check: { type: 'boolean', default: false } } })
const seconds = Number(values.seconds)
const rate = Number(values.rate)
const OVERLAP_MS = 1_900
/** Requests that were signed before the rotation must have arrived. */
const EARLIEST_SWITCH_MS = 150
const LATEST_SWITCH_MS = 900

let secret = ''
const counts = { verified: 0, refused: 0, switches: 0 }
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
    const { valid } = verify({ headers: request.headers, body: Buffer.concat(chunks), secret, schemes: ['standard'] })
    counts[valid ? 'verified' : 'refused']++
    response.writeHead(valid ? 200 : 401).end()
  })
}).listen(0, '127.0.0.1')
await once(server, 'listening')

const sender = createSender({ database: ':memory:', secrets: ['a key of the host, long enough'], allow: ['127.0.0.1'] })
const endpoint = await sender.endpoints.add({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })
secret = endpoint.secret

let sent = 0
const startedAt = performance.now()
const sending = setInterval(() => {
  for (const due = (performance.now() - startedAt) / 1000 * rate; sent < due; sent++) sender.send({ action: 'fp.upload', id: sent + 1 }).catch(fail)
}, 2)
for (let second = 0; second < seconds; second++) {
  const newSecret = await sender.endpoints.rotate(endpoint.id, { overlapMs: OVERLAP_MS })
  const switchMs = EARLIEST_SWITCH_MS + Math.random() * (LATEST_SWITCH_MS - EARLIEST_SWITCH_MS)
  setTimeout(() => {
    secret = newSecret
    counts.switches++
  }, switchMs)
  await new Promise(resolve => setTimeout(resolve, 1_000))
}
clearInterval(sending)
while (counts.verified + counts.refused < sent) await new Promise(resolve => setTimeout(resolve, 10))
report('sender-rotation', `A secret a second for ${seconds} s at ${rate} events per second`, [
  atMost('requests that did not verify', counts.refused, 0),
  atLeast('requests that verified', counts.verified, sent),
  atLeast('times the receiver changed its secret', counts.switches, seconds)
], { isKept: !values.check })
await sender.close()
server.close()
server.closeAllConnections()

function fail (error: unknown): never {
  throw error
}
