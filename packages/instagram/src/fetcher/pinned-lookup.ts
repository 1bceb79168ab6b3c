import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { ContactsheetError } from '../errors.ts'

/** Resolves a name to every address it has. Tests pass their own. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>

export const resolveBySystem: Resolve = async hostname => await new Promise((resolve, reject) => {
  systemLookup(hostname, { all: true }, (error, addresses) => { if (error === null) resolve(addresses); else reject(error) })
})

/**
 * A `lookup` for sockets that answers only addresses which pass. The socket connects to what this returned, so a name
 * that answers otherwise a moment later (DNS rebinding) gains nothing.
 */
export function pinnedLookup (resolve: Resolve, isAllowedAddress: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(addresses => {
      // One forbidden address among good ones is an attack, not a choice.
      const forbidden = addresses.find(({ address }) => !isAllowedAddress(address))
      if (forbidden !== undefined) throw new ContactsheetError('URL_NOT_ALLOWED', `${hostname} leads to ${forbidden.address}, which is not a public address`)
      const [first] = addresses
      if (first === undefined) throw new ContactsheetError('DOWNLOAD_FAILED', `${hostname} has no address`)
      if (options.all === true) callback(null, addresses)
      else callback(null, first.address, first.family)
    }).catch((error: NodeJS.ErrnoException) => { callback(error, []) })
  }
}
