import { createSender, type Delivery, type Sender, type SenderOptions, type Transport, type TransportAnswer, type TransportRequest } from '../../src/index.ts'

export const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'
export const HOST_KEY = 'a key of the host, long enough'
export const NOW_MS = Date.UTC(2026, 0, 1)
export const MINUTE_MS = 60_000

/** The first payload of Filestack's Instagram page. */
export const UPLOAD = {
  action: 'fp.upload',
  timestamp: 1443444905,
  id: 100946,
  text: {
    url: 'https://www.filestackapi.com/api/file/WAunDTTqQfCNWwUUyf6n',
    client: 'Instagram',
    type: 'image/jpeg',
    filename: '1579337399020824.jpg',
    size: 139154
  }
} as const

type Teardown = { teardown (close: () => unknown): void }

/** A sender on a database in memory that may call loopback. */
export function build (t: Teardown, options: Partial<SenderOptions> = {}): Sender {
  const sender = createSender({ database: ':memory:', allow: ['127.0.0.1'], ...options })
  t.teardown(() => sender.close())
  return sender
}

/** Resolves with the deliveries in a state, when there are `count`. */
export async function finished (sender: Sender, state: Delivery['state'], count = 1): Promise<Delivery[]> {
  for (;;) {
    const found = await sender.deliveries.list({ state })
    if (found.length >= count) return found
    await nextTurn()
  }
}

export function nextTurn (): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

export function textOf (request: Pick<TransportRequest, 'body'> | undefined): string {
  return Buffer.from(request?.body ?? []).toString()
}

export interface FakeNetwork extends Transport {
  requests: TransportRequest[]
  /** Requests that wait for an answer. */
  open: Array<TransportRequest & { answer (answer: Partial<TransportAnswer>): void }>
  /** Resolves when `count` requests have been made in all. */
  until (count: number): Promise<TransportRequest[]>
}

/** A network that answers as told, or waits until the test answers. */
export function fakeNetwork (answer?: (request: TransportRequest, nth: number) => Partial<TransportAnswer> | undefined): FakeNetwork {
  const waiting: Array<{ count: number, resolve: () => void }> = []
  const network: FakeNetwork = {
    requests: [],
    open: [],
    post (request) {
      network.requests.push(request)
      for (const { count, resolve } of waiting) if (network.requests.length >= count) resolve()
      const now = answer?.(request, network.requests.length)
      if (now) return Promise.resolve({ timings: { totalMs: 1 }, ...now })
      return new Promise(resolve => {
        const open = {
          ...request,
          answer: (later: Partial<TransportAnswer>) => {
            network.open.splice(network.open.indexOf(open), 1)
            resolve({ timings: { totalMs: 1 }, ...later })
          }
        }
        network.open.push(open)
      })
    },
    close: async () => {},
    until: async count => {
      if (network.requests.length < count) await new Promise<void>(resolve => waiting.push({ count, resolve }))
      return network.requests
    }
  }
  return network
}
