import { deflateSync, gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { animatedGif, jpeg, scene } from '../pictures.ts'
import { exifLoop, exifOrientation, gif, jpegSegment, mutated, png, pngChunk, seeded, uint32, withDeclaredSize, withScans, withSegments } from './craft.ts'

/** A picture that somebody sends to do harm, and the statuses that are right for it. */
export interface HostileCase {
  name: string
  bytes: () => Buffer | Promise<Buffer>
  statuses: readonly number[]
  /** @defaultValue { w: 100 } */
  parameters?: Record<string, unknown>
}

const MIB = 1024 * 1024
const text = (content: string) => () => Buffer.from(content, 'latin1')
const svg = (content: string) => text(`<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="4000">${content}</svg>`)

const NO_PICTURE: HostileCase[] = [
  ['no bytes', text('')],
  ['one byte', text('\xff')],
  ['text', text('hello')],
  ['HTML', text('<!doctype html><script>alert(1)</script>')],
  ['PDF', text('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj')],
  ['PostScript', text('%!PS-Adobe-3.0\n(/etc/passwd) run')],
  ['ImageMagick script', text('push graphic-context\nimage over 0,0 0,0 "https://example.com"')],
  ['ZIP', text('PK\x03\x04\x14\0\0\0\x08\0')],
  ['Windows icon', text('\0\0\x01\0\x01\0\x10\x10\0\0')],
  ['BMP', text('BM\x3e\0\0\0\0\0\0\0\x3e\0\0\0\x28\0\0\0')],
  ['JPEG XL', text('\xff\x0a\xfa\x7f\x01')],
  ['HEIC', text('\0\0\0\x18ftypheic\0\0\0\0mif1heic')],
  ['MP4', text('\0\0\0\x18ftypisom\0\0\0\0isommp42')],
  ['SVG', svg('<rect width="9" height="9"/>')],
  ['SVG with a script', svg('<script>alert(1)</script>')],
  ['SVG that names files and hosts', svg('<image href="file:///etc/passwd"/><image href="http://169.254.169.254/"/>')],
  ['SVG entity bomb', text('<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><svg>&b;&b;&b;</svg>')],
  ['SVG external entity', text('<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg><text>&x;</text></svg>')],
  ['SVG with blur and turbulence', svg('<filter id="f"><feTurbulence/><feGaussianBlur stdDeviation="400"/></filter><rect filter="url(#f)" width="4000" height="4000"/>')],
  ['compressed SVG', () => gzipSync('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['TIFF', async () => await scene(20, 20).tiff().toBuffer()],
  ['HTML before a JPEG', async () => Buffer.concat([Buffer.from('<html>'), await jpeg()])]
].map(([name, bytes]) => ({ name: `${name as string} called a picture`, bytes: bytes as HostileCase['bytes'], statuses: [415] }))

const DAMAGED: HostileCase[] = [
  { name: 'JPEG cut in its middle', bytes: async () => { const whole = await jpeg(); return whole.subarray(0, whole.length / 2) }, statuses: [422] },
  { name: 'JPEG cut in its header', bytes: async () => (await jpeg()).subarray(0, 150), statuses: [422] },
  { name: 'JPEG with 60 changed bytes', bytes: async () => mutated(await jpeg(), 60, seeded(1), 700), statuses: [200, 422] },
  { name: 'JPEG without a scan', bytes: text('\xff\xd8\xff\xd9'), statuses: [422] },
  { name: 'JPEG of which only the magic bytes are there', bytes: text('\xff\xd8\xff'), statuses: [422] },
  { name: 'JPEG with no height', bytes: async () => withDeclaredSize(await jpeg(), 300, 0), statuses: [422] },
  { name: 'JPEG with no width', bytes: async () => withDeclaredSize(await jpeg(), 0, 200), statuses: [422] },
  { name: 'JPEG with damaged Huffman tables', bytes: async () => { const whole = await jpeg(); return mutated(whole, 40, seeded(2), 160).subarray(0, whole.length) }, statuses: [200, 422] },
  { name: 'PNG cut in its middle', bytes: async () => { const whole = await scene(300, 200).png().toBuffer(); return whole.subarray(0, whole.length / 2) }, statuses: [422] },
  { name: 'PNG with a wrong checksum', bytes: () => { const whole = png({ width: 30, height: 30 }); whole[30] = 1; return whole }, statuses: [200, 422] },
  { name: 'PNG of no size', bytes: () => png({ width: 0, height: 0, rows: 1 }), statuses: [422] },
  { name: 'PNG without pixels', bytes: () => png({ width: 30, height: 30, rows: 0 }), statuses: [422] },
  { name: 'PNG signature alone', bytes: text('\x89PNG\r\n\x1a\n'), statuses: [422] },
  { name: 'GIF cut in its middle', bytes: async () => { const whole = await animatedGif(60, 40, 4); return whole.subarray(0, whole.length / 2) }, statuses: [200, 422] },
  { name: 'GIF without pictures', bytes: () => gif(10, 10, 0), statuses: [422] },
  { name: 'GIF header alone', bytes: text('GIF89a'), statuses: [422] },
  { name: 'WebP cut in its middle', bytes: async () => { const whole = await scene(300, 200).webp().toBuffer(); return whole.subarray(0, whole.length / 2) }, statuses: [422] },
  { name: 'WebP header alone', bytes: text('RIFF\x04\0\0\0WEBP'), statuses: [422] },
  { name: 'WebP with a changed size', bytes: async () => { const whole = await scene(300, 200).webp().toBuffer(); whole.fill(0xff, 26, 30); return whole }, statuses: [422] },
  { name: 'AVIF cut in its middle', bytes: async () => { const whole = await scene(300, 200).avif({ effort: 0 }).toBuffer(); return whole.subarray(0, whole.length / 2) }, statuses: [422] },
  { name: 'AVIF brand before noise', bytes: text('\0\0\0\x18ftypavif\0\0\0\0avifmif1' + 'noise'.repeat(500)), statuses: [422] },
  { name: 'AVIF with changed boxes', bytes: async () => mutated(await scene(300, 200).avif({ effort: 0 }).toBuffer(), 20, seeded(3), 32), statuses: [200, 422] }
]

const BOMBS: HostileCase[] = [
  { name: 'PNG of 30,000 × 30,000 pixels', bytes: () => png({ width: 30_000, height: 30_000 }), statuses: [422] },
  { name: 'PNG of 16,000 × 16,000 pixels in one bit', bytes: () => png({ width: 16_000, height: 16_000 }), statuses: [422] },
  { name: 'PNG that tells of 16,000 × 16,000 and has a row', bytes: () => png({ width: 16_000, height: 16_000, kind: 'rgba', rows: 1 }), statuses: [422] },
  { name: 'PNG that tells of 7,000 × 7,000 and has a row', bytes: () => png({ width: 7_000, height: 7_000, kind: 'rgba', rows: 1 }), statuses: [422] },
  { name: 'PNG of 7,000 × 7,000 interlaced pixels', bytes: () => png({ width: 7_000, height: 7_000, kind: 'grey', interlaced: true, rows: 100 }), statuses: [422] },
  { name: 'PNG of 2,147,483,647 pixels in width', bytes: () => png({ width: 2_147_483_647, height: 1, rows: 0 }), statuses: [422] },
  { name: 'JPEG that tells of 65,500 × 65,500 pixels', bytes: async () => withDeclaredSize(await jpeg(), 65_500, 65_500), statuses: [422] },
  { name: 'JPEG that tells of 7,000 × 7,000 pixels', bytes: async () => withDeclaredSize(await jpeg(), 7_000, 7_000), statuses: [200, 422] },
  { name: 'GIF screen of 65,535 × 65,535', bytes: () => gif(65_535, 65_535, 1), statuses: [200, 422] },
  { name: 'GIF of 10,000 pictures, enlarged and animated', bytes: () => gif(16, 16, 10_000), parameters: { w: 1_000, format: 'gif' }, statuses: [422] },
  { name: 'GIF of 10,000 pictures of 640 × 640', bytes: () => gif(640, 640, 10_000), parameters: { w: 100, format: 'webp' }, statuses: [422] },
  { name: 'GIF of 200 pictures of 1,000 × 1,000', bytes: () => gif(1_000, 1_000, 200), parameters: { w: 100, format: 'webp' }, statuses: [422] },
  { name: 'first picture of a GIF of 10,000', bytes: () => gif(16, 16, 10_000), parameters: { w: 10, format: 'jpg' }, statuses: [200] },
  { name: 'GIF of 24 pictures to GIF', bytes: async () => await animatedGif(300, 200, 24), parameters: { w: 150, format: 'gif' }, statuses: [200] },
  { name: 'one pixel wide, 65,535 high, made wide', bytes: () => png({ width: 1, height: 65_535 }), statuses: [422] },
  { name: 'one pixel wide, 65,535 high, as it is', bytes: () => png({ width: 1, height: 65_535 }), parameters: {}, statuses: [422] },
  { name: 'one pixel wide, 65,535 high, made low', bytes: () => png({ width: 1, height: 65_535 }), parameters: { h: 100 }, statuses: [200] },
  { name: 'one pixel wide, 65,535 high, cropped first', bytes: () => png({ width: 1, height: 65_535 }), parameters: { crop: '0,60000,1,10', crop_first: true }, statuses: [200] },
  { name: 'one pixel enlarged to 16 million', bytes: () => png({ width: 1, height: 1 }), parameters: { w: 4_000, h: 4_000, fit: 'scale' }, statuses: [200] },
  { name: 'every operation at its largest amount', bytes: async () => await jpeg(800, 800), parameters: { w: 2_000, blur: 20, sharpen: 10, pixelate: 100, rotate: 45, border: 1_000, polaroid: 45, vignette: 100, rounded_corners: 'max', format: 'png' }, statuses: [422] },
  { name: 'progressive JPEG of 10,000 scans', bytes: async () => withScans(await scene(40, 30).jpeg({ progressive: true }).toBuffer(), 10_000), statuses: [200, 422] },
  { name: 'PNG whose text unfolds to 100 MB', bytes: () => png({ width: 30, height: 30, extra: [pngChunk('zTXt', Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.alloc(100 * MIB), { level: 1 })]))] }), statuses: [200, 422] },
  { name: 'PNG whose colour profile unfolds to 100 MB', bytes: () => png({ width: 30, height: 30, extra: [pngChunk('iCCP', Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.alloc(100 * MIB), { level: 1 })]))] }), statuses: [200, 422] },
  { name: 'file of more than 40 MiB', bytes: async () => Buffer.concat([await jpeg(), Buffer.alloc(41 * MIB)]), statuses: [413] }
]

const ODD: HostileCase[] = [
  { name: 'JPEG with a page behind it', bytes: async () => Buffer.concat([await jpeg(), Buffer.from('<script>alert(1)</script>')]), statuses: [200] },
  { name: 'GIF with an archive behind it', bytes: () => Buffer.concat([gif(10, 10, 1), Buffer.from('PK\x03\x04')]), statuses: [200] },
  { name: 'JPEG with 13 MB of metadata', bytes: async () => withSegments(await jpeg(), ...Array.from({ length: 200 }, () => jpegSegment(0xe1, Buffer.alloc(65_000, 'x')))), statuses: [200, 422] },
  { name: 'JPEG with 20,000 comments', bytes: async () => withSegments(await jpeg(), ...Array.from({ length: 20_000 }, () => jpegSegment(0xfe, Buffer.from('<svg/onload=alert(1)>')))), statuses: [200, 422] },
  { name: 'EXIF directory that points at itself', bytes: async () => withSegments(await jpeg(), exifLoop()), statuses: [200] },
  { name: 'EXIF orientation 0', bytes: async () => withSegments(await jpeg(), exifOrientation(0)), statuses: [200] },
  { name: 'EXIF orientation 9', bytes: async () => withSegments(await jpeg(), exifOrientation(9)), statuses: [200] },
  { name: 'EXIF orientation 65,535', bytes: async () => withSegments(await jpeg(), exifOrientation(65_535)), statuses: [200] },
  { name: 'broken colour profile', bytes: async () => withSegments(await jpeg(), jpegSegment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), Buffer.alloc(500, 'x')]))), statuses: [200] },
  { name: 'APNG', bytes: () => png({ width: 30, height: 30, extra: [pngChunk('acTL', Buffer.concat([uint32(5_000), uint32(0)])), pngChunk('fcTL', Buffer.alloc(26))] }), statuses: [200, 422] },
  { name: 'CMYK JPEG', bytes: async () => await scene(60, 40).toColourspace('cmyk').jpeg().toBuffer(), statuses: [200] },
  { name: 'PNG of 16 bits', bytes: async () => await scene(60, 40).toColourspace('rgb16').png().toBuffer(), statuses: [200] },
  { name: 'grey PNG with alpha', bytes: async () => await scene(60, 40).greyscale().ensureAlpha(0.5).png().toBuffer(), statuses: [200] },
  { name: 'PNG with a palette', bytes: async () => await scene(60, 40).png({ palette: true, colours: 8 }).toBuffer(), statuses: [200] },
  { name: 'JPEG with a P3 profile', bytes: async () => await scene(60, 40).withIccProfile('p3').jpeg().toBuffer(), statuses: [200] },
  { name: 'lossless WebP with alpha', bytes: async () => await scene(60, 40).ensureAlpha(0.3).webp({ lossless: true }).toBuffer(), statuses: [200] },
  ...(['jpeg', 'png', 'webp', 'gif', 'avif'] as const).map(format => ({
    name: `one pixel as ${format}`, bytes: async () => await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } }).toFormat(format).toBuffer(), statuses: [200]
  }))
]

export const HOSTILE: readonly HostileCase[] = [...NO_PICTURE, ...DAMAGED, ...BOMBS, ...ODD]
