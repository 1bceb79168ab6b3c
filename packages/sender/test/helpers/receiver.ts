import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface TestReceiver {
  url: string
  received: Received[]
  /** Resolves when `count` requests have come in all. */
  until (count: number): Promise<Received[]>
}

type Teardown = { teardown (close: () => unknown): void }

/** A receiver on loopback that keeps what it gets and answers 200, or as told. */
export async function startReceiver (t: Teardown, answer: (response: ServerResponse, nth: number) => void = response => { response.end() }): Promise<TestReceiver> {
  const received: Received[] = []
  const waiting: Array<{ count: number, resolve: () => void }> = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks) })
      answer(response, received.length)
      for (const { count, resolve } of waiting) if (received.length >= count) resolve()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    until: async count => {
      if (received.length < count) await new Promise<void>(resolve => waiting.push({ count, resolve }))
      return received
    }
  }
}
