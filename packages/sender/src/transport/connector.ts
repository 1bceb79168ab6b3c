import { connect as connectTcp, type Socket, type LookupFunction } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { AddressRefused, type Guard } from './guard.ts'
import { parseAddress } from './ip.ts'

/** Milliseconds of a connection's making. */
export interface ConnectTimings {
  lookupMs?: number
  connectMs?: number
  tlsMs?: number
}

export interface Connection {
  socket: Socket
  remoteAddress: string
  timings: ConnectTimings
}

export interface ConnectOptions {
  protocol: string
  hostname: string
  port: number
  timeoutMs: number
}

/** Thrown when no connection came about in time. */
export class ConnectTimeout extends Error {
  readonly code = 'CONNECT_TIMEOUT'
}

/**
 * Opens one connection to an address that the guard has seen: literals are checked before anything is opened, names are
 * resolved once with every answer checked, the socket goes to one of those answers, and its peer is checked again.
 */
export function openConnection (guard: Guard, options: ConnectOptions, done: (error: Error | null, connection?: Connection) => void): void {
  const { hostname, protocol, timeoutMs } = options
  const refusal = parseAddress(hostname) && guard.refusalOfAddress(hostname, hostname)
  if (refusal) return done(new AddressRefused(`${hostname} is not a public address (${refusal})`))

  const timings: ConnectTimings = {}
  let phaseAt = performance.now()
  const phase = (name: keyof ConnectTimings): void => {
    const at = performance.now()
    timings[name] = at - phaseAt
    phaseAt = at
  }

  const socket = startConnecting(options, guardedLookup(guard, () => phase('lookupMs')))
  const timer = setTimeout(() => socket.destroy(new ConnectTimeout(`no connection to ${hostname} within ${timeoutMs} ms`)), timeoutMs)

  const fail = (error: Error): void => {
    clearTimeout(timer)
    done(error)
  }
  const ready = (): void => {
    clearTimeout(timer)
    socket.off('error', fail)
    const remoteAddress = socket.remoteAddress ?? ''
    if (guard.refusalOfAddress(hostname, remoteAddress)) {
      const refused = new AddressRefused(`the connection to ${hostname} went to ${remoteAddress}, which is not public`)
      socket.destroy()
      return done(refused)
    }
    done(null, { socket, remoteAddress, timings })
  }
  socket.once('error', fail)
  socket.once('connect', () => {
    phase('connectMs')
    if (protocol !== 'https:') ready()
  })
  socket.once('secureConnect', () => {
    phase('tlsMs')
    ready()
  })
}

function startConnecting ({ hostname, protocol, port }: ConnectOptions, lookup: LookupFunction): Socket {
  const target = { host: hostname, port, lookup, autoSelectFamily: true, noDelay: true }
  if (protocol !== 'https:') return connectTcp(target)
  return connectTls({ ...target, ...(parseAddress(hostname) ? {} : { servername: hostname }), ALPNProtocols: ['http/1.1'] })
}

function guardedLookup (guard: Guard, onEnd: () => void): LookupFunction {
  return (hostname, options, callback) => {
    guard.resolve(hostname).then(addresses => {
      onEnd()
      const [first] = addresses
      if (options.all) callback(null, addresses)
      else if (first) callback(null, first.address, first.family)
      else callback(new Error(`${hostname} has no address`), '')
    }, (error: NodeJS.ErrnoException) => callback(error, ''))
  }
}
