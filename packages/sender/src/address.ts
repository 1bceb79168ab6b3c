import { isInRange, parseAddress, parseRange, type AddressBytes, type AddressRange } from './transport/ip.ts'

/** Why an address may not be called. */
export type AddressRefusal =
  | 'metadata' | 'unspecified' | 'loopback' | 'private' | 'shared' | 'link-local' | 'protocol-assignment' | 'documentation'
  | 'benchmarking' | 'multicast' | 'reserved' | 'tunnel' | 'not-an-address'

/** Answers machine credentials in the large clouds: refused even where its range is allowed. */
const METADATA = table([
  ['169.254.169.254/32', 'metadata'], ['169.254.170.2/32', 'metadata'], ['169.254.170.23/32', 'metadata'],
  ['169.254.0.23/32', 'metadata'], ['168.63.129.16/32', 'metadata'], ['100.100.100.200/32', 'metadata'],
  ['192.0.0.192/32', 'metadata'], ['fd00:ec2::254/128', 'metadata'], ['fd00:ec2::23/128', 'metadata'],
  ['fd20:ce::254/128', 'metadata']
])

/** @see https://www.iana.org/assignments/iana-ipv4-special-registry */
const IPV4 = table([
  ['0.0.0.0/8', 'unspecified'], ['10.0.0.0/8', 'private'], ['100.64.0.0/10', 'shared'], ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local'], ['172.16.0.0/12', 'private'], ['192.0.0.0/24', 'protocol-assignment'],
  ['192.0.2.0/24', 'documentation'], ['192.31.196.0/24', 'protocol-assignment'], ['192.52.193.0/24', 'protocol-assignment'],
  ['192.88.99.0/24', 'tunnel'], ['192.168.0.0/16', 'private'], ['192.175.48.0/24', 'protocol-assignment'],
  ['198.18.0.0/15', 'benchmarking'], ['198.51.100.0/24', 'documentation'], ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'], ['240.0.0.0/4', 'reserved']
])

/** Inside 2000::/3, the only block of IPv6 that is given out to the public. @see https://www.iana.org/assignments/iana-ipv6-special-registry */
const IPV6 = table([
  ['::/128', 'unspecified'], ['::1/128', 'loopback'], ['64:ff9b:1::/48', 'tunnel'], ['100::/64', 'reserved'],
  ['2001::/32', 'tunnel'], ['2001::/23', 'protocol-assignment'], ['2001:db8::/32', 'documentation'], ['2002::/16', 'tunnel'],
  ['2620:4f:8000::/48', 'protocol-assignment'], ['3fff::/20', 'documentation'], ['5f00::/16', 'reserved'],
  ['fc00::/7', 'private'], ['fe80::/10', 'link-local'], ['fec0::/10', 'private'], ['ff00::/8', 'multicast']
])

const GLOBAL_UNICAST = range('2000::/3')

/** Where an IPv4 address travels inside an IPv6 one, as its last four bytes: mapped, compatible, translated, NAT64. */
const CARRIERS = [range('::ffff:0:0/96'), range('::/96'), range('::ffff:0:0:0/96'), range('64:ff9b::/96')]

/** ISATAP writes an IPv4 address behind one of these, whatever the network in front. */
const ISATAP = [[0x00, 0x00, 0x5e, 0xfe], [0x02, 0x00, 0x5e, 0xfe]]

/**
 * Why an address may not be called, or `undefined` when it is public. Pure: no lookup happens here.
 *
 * @param text - a literal address, IPv4 or IPv6, without brackets
 */
export function refusalOf (text: string): AddressRefusal | undefined {
  const address = parseAddress(text)
  return address ? refusalOfBytes(address) : 'not-an-address'
}

function refusalOfBytes (address: AddressBytes): AddressRefusal | undefined {
  const isSpecial = find(METADATA, address)
  if (isSpecial) return isSpecial
  if (address.length === 4) return find(IPV4, address)
  const named = find(IPV6, address)
  if (named) return named
  if (CARRIERS.some(carrier => isInRange(address, carrier))) return refusalOfBytes(address.slice(12))
  if (!isInRange(address, GLOBAL_UNICAST)) return 'reserved'
  const isIsatap = ISATAP.some(mark => mark.every((byte, index) => address[8 + index] === byte))
  return isIsatap ? refusalOfBytes(address.slice(12)) ?? 'tunnel' : undefined
}

/** The same address as the plain IPv4 one that it carries, for comparison with a list of ranges. */
export function carriedAddress (address: AddressBytes): AddressBytes {
  return address.length === 16 && CARRIERS.slice(0, 1).some(carrier => isInRange(address, carrier)) ? address.slice(12) : address
}

function find (rows: Row[], address: AddressBytes): AddressRefusal | undefined {
  return rows.find(row => isInRange(address, row.range))?.refusal
}

interface Row {
  range: AddressRange
  refusal: AddressRefusal
}

function table (rows: ReadonlyArray<readonly [string, AddressRefusal]>): Row[] {
  return rows.map(([text, refusal]) => ({ range: range(text), refusal }))
}

function range (text: string): AddressRange {
  const parsed = parseRange(text)
  if (!parsed) throw new TypeError(`${text} is not a range of addresses`)
  return parsed
}
