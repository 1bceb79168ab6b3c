import { BlockList, isIP } from 'node:net'

/** Everything that is not the public internet. @see IANA special-purpose address registries, RFC 6890 */
const NOT_PUBLIC = {
  ipv4: [
    '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24',
    '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24',
    '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'
  ],
  // Only 2000::/3 is global unicast; inside it, the forms that carry an IPv4 address or lead into a tunnel.
  ipv6: ['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '2620:4f:8000::/48']
} as const

const LOOPBACK = { ipv4: ['127.0.0.0/8'], ipv6: ['::1/128'] } as const

type Family = keyof typeof NOT_PUBLIC

const notPublic = toBlockLists(NOT_PUBLIC)
const loopback = toBlockLists(LOOPBACK)

/** Whether an address, in text as the resolver gives it, belongs to the public internet. */
export function isPublicAddress (address: string): boolean {
  const family = familyOf(address)
  return family !== undefined && !notPublic[family].check(address, family)
}

/** Whether an address is this machine itself. */
export function isLoopbackAddress (address: string): boolean {
  const family = familyOf(address)
  return family !== undefined && loopback[family].check(address, family)
}

function familyOf (address: string): Family | undefined {
  const version = isIP(address)
  if (version === 0 || address.includes('%')) return undefined
  return version === 4 ? 'ipv4' : 'ipv6'
}

/** A list for each family: in a common one Node takes an IPv4 address for its IPv6 form too. */
function toBlockLists (table: Record<Family, readonly string[]>): Record<Family, BlockList> {
  const listOf = (family: Family): BlockList => {
    const list = new BlockList()
    for (const subnet of table[family]) {
      const [network = '', bits] = subnet.split('/')
      list.addSubnet(network, Number(bits), family)
    }
    return list
  }
  return { ipv4: listOf('ipv4'), ipv6: listOf('ipv6') }
}
