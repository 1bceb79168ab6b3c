import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface CountingReceiver {
  url: string
  requests: number
  /** Requests by event id, and how many of them were answered 200. */
  byId: Map<string, number>
  accepted: Map<string, number>
  close (): void
}

/** A receiver that takes its time and refuses some requests, and counts every one by its event. */
export async function startCountingReceiver ({ failEvery = Infinity, delayMs = 0 } = {}): Promise<CountingReceiver> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      receiver.requests++
      const id = String(request.headers['webhook-id'])
      count(receiver.byId, id)
      const isRefused = receiver.requests % failEvery === 0
      if (!isRefused) count(receiver.accepted, id)
      setTimeout(() => response.writeHead(isRefused ? 500 : 200).end(), Math.random() * delayMs)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const receiver: CountingReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    requests: 0,
    byId: new Map(),
    accepted: new Map(),
    close () {
      server.close()
      server.closeAllConnections()
    }
  }
  return receiver
}

function count (counts: Map<string, number>, id: string): void {
  counts.set(id, (counts.get(id) ?? 0) + 1)
}
