import { crc32, deflateSync } from 'node:zlib'

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

export function pngChunk (type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))])
}

export function uint32 (value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function uint16 (value: number, littleEndian = false): Buffer {
  const bytes = Buffer.alloc(2)
  if (littleEndian) bytes.writeUInt16LE(value)
  else bytes.writeUInt16BE(value)
  return bytes
}

/** PNG colour types with the bits of one pixel. */
const PIXEL_BITS = { bilevel: 1, grey: 8, rgba: 32 } as const
const COLOUR_TYPES = { bilevel: 0, grey: 0, rgba: 6 } as const

export interface CraftedPng {
  width: number
  height: number
  kind?: keyof typeof PIXEL_BITS
  /** Rows that are really there. @defaultValue all */
  rows?: number
  interlaced?: boolean
  /** Chunks between the header and the pixels. */
  extra?: Buffer[]
}

/** A black PNG that may lie about itself. */
export function png ({ width, height, kind = 'bilevel', rows = height, interlaced = false, extra = [] }: CraftedPng): Buffer {
  const header = Buffer.concat([uint32(width), uint32(height), Buffer.from([kind === 'bilevel' ? 1 : 8, COLOUR_TYPES[kind], 0, 0, interlaced ? 1 : 0])])
  const row = Math.ceil(width * PIXEL_BITS[kind] / 8) + 1
  const pixels = deflateSync(Buffer.alloc(row * rows), { level: 1 })
  return Buffer.concat([PNG_SIGNATURE, pngChunk('IHDR', header), ...extra, pngChunk('IDAT', pixels), pngChunk('IEND', Buffer.alloc(0))])
}

/** An animation of so many pictures of one pixel on a screen of any size. */
export function gif (width: number, height: number, frames: number): Buffer {
  const header = Buffer.concat([Buffer.from('GIF89a', 'latin1'), uint16(width, true), uint16(height, true), Buffer.from([0x80, 0, 0]), Buffer.from('ff0000000000', 'hex')])
  const frame = Buffer.from('21f9040405000000' + '2c00000000010001000002024401' + '00', 'hex')
  return Buffer.concat([header, Buffer.from('21ff0b4e45545343415045322e300301000000', 'hex'), ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])])
}

/** A segment of a JPEG, length included. */
export function jpegSegment (marker: number, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, marker]), uint16(data.length + 2), data])
}

/** Puts segments behind the start of a JPEG. */
export function withSegments (jpeg: Buffer, ...segments: Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])
}

/** Changes the size that a JPEG's frame header tells. */
export function withDeclaredSize (jpeg: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(jpeg)
  for (let at = 2; at < changed.length - 9; at += 2 + changed.readUInt16BE(at + 2)) {
    const marker = changed[at + 1] as number
    if (marker < 0xc0 || marker > 0xc2) continue
    changed.writeUInt16BE(height, at + 5)
    changed.writeUInt16BE(width, at + 7)
    return changed
  }
  throw new Error('the JPEG has no frame header')
}

/** Repeats the last scan of a progressive JPEG. */
export function withScans (jpeg: Buffer, scans: number): Buffer {
  const start = jpeg.lastIndexOf(Buffer.from([0xff, 0xda]))
  const scan = jpeg.subarray(start, jpeg.length - 2)
  return Buffer.concat([jpeg.subarray(0, start), ...Array.from({ length: scans }, () => scan), Buffer.from([0xff, 0xd9])])
}

/** A JPEG's EXIF block with one orientation. */
export function exifOrientation (orientation: number): Buffer {
  const entry = Buffer.concat([uint16(0x0112), uint16(3), uint32(1), uint16(orientation), uint16(0)])
  return jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0MM\0*', 'latin1'), uint32(8), uint16(1), entry, uint32(0)]))
}

/** An EXIF block whose directory points at itself for ever. */
export function exifLoop (): Buffer {
  return jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0MM\0*', 'latin1'), uint32(8), uint16(0), uint32(8)]))
}

/** Numbers that look random and are the same for the same seed. */
export function seeded (seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return (state ^ (state >>> 13)) >>> 0
  }
}

/** The same bytes with some of them changed, never among the first few. */
export function mutated (bytes: Buffer, changes: number, random: () => number, from = 12): Buffer {
  const changed = Buffer.from(bytes)
  for (let at = 0; at < changes; at++) {
    const place = from + random() % Math.max(1, changed.length - from)
    if (place < changed.length) changed[place] = random() & 0xff
  }
  return changed
}
