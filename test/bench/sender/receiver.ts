// A receiver in a process of its own: answers 200 at once and says how many requests came, and when.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceiverReport {
  requests: number
  /** Monotonic nanoseconds, the same clock in every process of a machine, by event number. */
  arrivedAt: Record<string, string>
}

let requests = 0
let arrivedAt: Record<string, string> = {}
let isTiming = false
let tellAt = Infinity
let only = ''

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    if (only === '' || request.url?.includes(only)) requests++
    if (isTiming) arrivedAt[String(request.headers['webhook-id'])] = String(process.hrtime.bigint())
    response.end()
    if (requests >= tellAt) tell()
  })
}).listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
server.keepAliveTimeout = 60_000

process.on('message', ({ expect, times, only: part = '' }: { expect: number, times?: boolean, only?: string }) => {
  isTiming = times === true
  only = part
  tellAt = expect
})

function tell (): void {
  process.send?.({ requests, arrivedAt } satisfies ReceiverReport)
  requests = 0
  arrivedAt = {}
  tellAt = Infinity
}
