import { isIP } from 'node:net'

/** An address as its 4 or 16 bytes. */
export type AddressBytes = readonly number[]

/** Reads a literal address (without brackets or zone), or answers `undefined` when the text is not one. */
export function parseAddress (text: string): AddressBytes | undefined {
  switch (isIP(text)) {
    case 4: return text.split('.').map(Number)
    case 6: return parseIPv6(text)
    default: return undefined
  }
}

function parseIPv6 (text: string): AddressBytes | undefined {
  if (text.includes('%')) return undefined
  const [head = '', tail] = text.split('::')
  const left = groups(head)
  if (tail === undefined) return left
  const right = groups(tail)
  return [...left, ...new Array<number>(16 - left.length - right.length).fill(0), ...right]
}

function groups (text: string): number[] {
  if (text === '') return []
  return text.split(':').flatMap(group => {
    if (group.includes('.')) return group.split('.').map(Number)
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
}

/** A block of addresses: those whose first `bits` bits are the same as in `address`. */
export interface AddressRange {
  address: AddressBytes
  bits: number
}

/** Reads `10.0.0.0/8`, `fc00::/7` or a single address; `undefined` when the text is neither. */
export function parseRange (text: string): AddressRange | undefined {
  const [literal = '', length, ...rest] = text.split('/')
  const address = parseAddress(literal)
  if (!address || rest.length > 0) return undefined
  if (length === undefined) return { address, bits: address.length * 8 }
  const bits = /^\d{1,3}$/.test(length) ? Number(length) : Infinity
  return bits <= address.length * 8 ? { address, bits } : undefined
}

export function isInRange (address: AddressBytes, range: AddressRange): boolean {
  if (address.length !== range.address.length) return false
  const wholeBytes = range.bits >> 3
  for (let index = 0; index < wholeBytes; index++) {
    if (address[index] !== range.address[index]) return false
  }
  const mask = 0xff00 >> (range.bits & 7) & 0xff
  return mask === 0 || ((address[wholeBytes] ?? 0) & mask) === ((range.address[wholeBytes] ?? 0) & mask)
}
