/** A well-formed MP4 without tracks: the right type and magic bytes for clients that download or refuse videos; nothing to play. */
export function sampleVideo (): Buffer {
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\u0002\0isomiso2mp41', 'latin1')),
    box('moov', box('mvhd', movieHeader())),
    box('free', Buffer.alloc(16_384))
  ])
}

function box (type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length + 8, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content])
}

/** Version 0 of ISO/IEC 14496-12 §8.2.2: ten seconds at a timescale of 1000, unit matrix. */
function movieHeader (): Buffer {
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1000, 12)
  header.writeUInt32BE(10_000, 16)
  header.writeUInt32BE(0x00010000, 20)
  header.writeUInt16BE(0x0100, 24)
  header.writeUInt32BE(0x00010000, 36)
  header.writeUInt32BE(0x00010000, 52)
  header.writeUInt32BE(0x40000000, 68)
  header.writeUInt32BE(1, 96)
  return header
}
