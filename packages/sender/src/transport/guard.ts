import type { LookupAddress } from 'node:dns'
import { carriedAddress, refusalOf, type AddressRefusal } from '../address.ts'
import { isInRange, parseAddress, parseRange, type AddressRange } from './ip.ts'
import { createNameServerLookup, createSharedLookup, lookupBySystem, type Lookup } from './lookup.ts'

/** Names that lead to a cloud's metadata service by themselves. */
const METADATA_NAMES = new Set(['metadata.google.internal', 'metadata.goog', 'metadata', 'instance-data', 'instance-data.ec2.internal'])

/** Decides whom the sender may call: https and public addresses, plus what `allow` opens. */
export interface Guard {
  /** Why a url can be refused without asking for its address, or `undefined`. */
  refusalOfUrl (url: URL): string | undefined
  /** Why a connection for `hostname` may not go to `address`, or `undefined`. */
  refusalOfAddress (hostname: string, address: string): AddressRefusal | undefined
  /** All addresses of a name, every one of them checked. The error names the one that is refused. */
  resolve (hostname: string): Promise<LookupAddress[]>
}

/** Thrown inside a connection attempt; ends up in the attempt's row as `address-refused`. */
export class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED'
}

/**
 * @param allow - host names (`localhost`), addresses and ranges (`10.0.0.0/8`) that may be called although they are not public;
 * a host in the list may also be called over plain http. Metadata services stay closed.
 * @param lookup - resolves every name, in place of the name servers and, for listed names, the system
 */
export function createGuard (allow: readonly string[] = [], lookup?: Lookup): Guard {
  const ranges = allow.map(parseRange).filter((range): range is AddressRange => range !== undefined)
  const names = new Set(allow.map(name => plainName(name)))
  const askNameServers = createSharedLookup(lookup ?? createNameServerLookup())
  const askSystem = createSharedLookup(lookup ?? lookupBySystem)

  const isAllowedAddress = (text: string): boolean => {
    const address = parseAddress(text)
    return address !== undefined && ranges.some(range => isInRange(address, range) || isInRange(carriedAddress(address), range))
  }
  const isAllowedHost = (hostname: string): boolean => names.has(plainName(hostname)) || isAllowedAddress(hostname)

  function refusalOfAddress (hostname: string, address: string): AddressRefusal | undefined {
    const refusal = refusalOf(address)
    if (refusal === undefined || refusal === 'metadata' || refusal === 'not-an-address') return refusal
    return isAllowedHost(hostname) || isAllowedAddress(address) ? undefined : refusal
  }

  return {
    refusalOfAddress,
    refusalOfUrl (url) {
      const hostname = hostOf(url)
      if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isAllowedHost(hostname))) {
        return `${url.protocol.slice(0, -1)} is refused, only https may be called; list the host in "allow" for development`
      }
      if (METADATA_NAMES.has(plainName(hostname))) return `${hostname} is a metadata service`
      const refusal = parseAddress(hostname) && refusalOfAddress(hostname, hostname)
      return refusal ? `${hostname} is not a public address (${refusal})` : undefined
    },
    async resolve (hostname) {
      const addresses = await (names.has(plainName(hostname)) ? askSystem : askNameServers)(hostname)
      const refused = addresses.find(({ address }) => refusalOfAddress(hostname, address))
      if (refused) throw new AddressRefused(`${hostname} leads to ${refused.address}, which is not public`)
      return addresses
    }
  }
}

/** The host of a url as a name or a bare literal, without the brackets of IPv6. */
export function hostOf (url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname
}

function plainName (hostname: string): string {
  return hostname.toLowerCase().replace(/\.$/, '')
}
