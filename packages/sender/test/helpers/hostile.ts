import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'

const DRIP_MS = 5
const CHUNK = Buffer.alloc(64 * 1024, 'x')
const BOMB = gzipSync(Buffer.alloc(50 * 1024 * 1024))

/** Receivers that would tie up a careless sender. Each waits for the request, then misbehaves. */
export const HOSTILE = {
  'drips its body': socket => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n')
    drip(socket, 'x')
  },
  'drips its headers': socket => {
    socket.write('HTTP/1.1 200 OK\r\n')
    drip(socket, 'x')
  },
  'never ends its headers': socket => {
    socket.write('HTTP/1.1 200 OK\r\n')
    flood(socket, Buffer.from(`x-more: ${'y'.repeat(1_000)}\r\n`))
  },
  'sends interim answers for ever': socket => {
    drip(socket, 'HTTP/1.1 102 Processing\r\n\r\n')
  },
  'sends ten gigabytes': socket => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10737418240\r\n\r\n')
    flood(socket, CHUNK)
  },
  'sends chunks without end': socket => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
    flood(socket, Buffer.concat([Buffer.from('10000\r\n'), CHUNK, Buffer.from('\r\n')]))
  },
  'sends a gzip bomb': socket => {
    socket.end(Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${BOMB.length}\r\n\r\n`), BOMB]))
  },
  'never answers': () => {},
  'hangs up': socket => {
    socket.resetAndDestroy()
  },
  'hangs up in the middle of its answer': socket => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', () => socket.resetAndDestroy())
  },
  'does not speak HTTP': socket => {
    socket.end('220 mail.example ESMTP\r\n')
  }
} as const satisfies Record<string, (socket: Socket) => void>

export type Hostile = keyof typeof HOSTILE

/** Misbehaves when the request has begun to come in. */
export function misbehave (socket: Socket, kind: Hostile): void {
  socket.once('data', () => {
    socket.resume()
    HOSTILE[kind](socket)
  })
}

function drip (socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), DRIP_MS)
  socket.once('close', () => clearInterval(timer))
}

function flood (socket: Socket, chunk: Buffer): void {
  const write = (): void => {
    while (!socket.destroyed && socket.write(chunk));
    socket.once('drain', write)
  }
  write()
}
