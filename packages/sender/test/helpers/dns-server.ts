import { createSocket } from 'node:dgram'
import { once } from 'node:events'

const HEADER_BYTES = 12
const TYPE_A = 1
const RESPONSE = 0x8180
/** Points at the name in the question. */
const SAME_NAME = 0xc00c

type Teardown = { teardown (close: () => unknown): void }

export interface DnsServer {
  address: string
  questions: number
}

/** A name server on loopback: `answer` says which IPv4 addresses the nth question for an A record gets; no name has another kind. */
export async function startDnsServer (t: Teardown, answer: (nth: number) => string[]): Promise<DnsServer> {
  const socket = createSocket('udp4')
  const server: DnsServer = { address: '', questions: 0 }
  socket.on('message', (query, { port, address }) => {
    const questionEnd = query.indexOf(0, HEADER_BYTES) + 5
    const isA = query.readUInt16BE(questionEnd - 4) === TYPE_A
    const addresses = isA ? answer(++server.questions) : []
    const header = Buffer.alloc(HEADER_BYTES)
    query.copy(header, 0, 0, 2)
    header.writeUInt16BE(RESPONSE, 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(addresses.length, 6)
    socket.send(Buffer.concat([header, query.subarray(HEADER_BYTES, questionEnd), ...addresses.map(record)]), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  t.teardown(() => socket.close())
  server.address = `127.0.0.1:${socket.address().port}`
  return server
}

function record (address: string): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeUInt16BE(SAME_NAME, 0)
  bytes.writeUInt16BE(TYPE_A, 2)
  bytes.writeUInt16BE(1, 4)
  bytes.writeUInt16BE(4, 10)
  Buffer.from(address.split('.').map(Number)).copy(bytes, 12)
  return bytes
}
