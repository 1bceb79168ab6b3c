import { lookup as systemLookup, promises, type LookupAddress } from 'node:dns'

/** A name's addresses; the shape of `dns.lookup` with `all: true`. */
export type Lookup = (hostname: string, options: { all: true }, callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void) => void

/** As much of Node's `dns.promises.Resolver` as is used here. */
export interface NameServers {
  resolve4 (hostname: string): Promise<string[]>
  resolve6 (hostname: string): Promise<string[]>
}

const TRY_MS = 2_000
const TRIES = 2

/**
 * Asks the name servers for both kinds of address. Not `dns.lookup`, which waits in one of four threads that the whole
 * process shares: a few names whose servers are silent would hold up everybody else's.
 */
export function createNameServerLookup (resolver: NameServers = new promises.Resolver({ timeout: TRY_MS, tries: TRIES })): Lookup {
  return (hostname, _options, callback) => {
    Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]).then(([v4, v6]) => {
      const addresses = [...found(v4, 4), ...found(v6, 6)]
      if (addresses.length > 0) callback(null, addresses)
      else callback(v4.status === 'rejected' ? v4.reason as NodeJS.ErrnoException : noAddress(hostname), [])
    })
  }
}

/** The system's own lookup, with its hosts file: for names that `allow` lists, such as localhost. */
export const lookupBySystem: Lookup = (hostname, options, callback) => systemLookup(hostname, options, callback)

/** Asks once when many ask for the same name at the same time. */
export function createSharedLookup (lookup: Lookup): (hostname: string) => Promise<LookupAddress[]> {
  const underWay = new Map<string, Promise<LookupAddress[]>>()
  return hostname => {
    const known = underWay.get(hostname)
    if (known) return known
    const asked = new Promise<LookupAddress[]>((resolve, reject) => {
      lookup(hostname, { all: true }, (error, addresses) => error ? reject(error) : resolve(addresses))
    }).finally(() => underWay.delete(hostname))
    underWay.set(hostname, asked)
    return asked
  }
}

function found (answer: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] {
  return answer.status === 'fulfilled' ? answer.value.map(address => ({ address, family })) : []
}

function noAddress (hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' })
}
