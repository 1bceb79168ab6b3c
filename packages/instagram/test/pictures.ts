import sharp from 'sharp'

/** Small real pictures. */
export const jpeg = await picture().jpeg().toBuffer()
export const png = await picture().png().toBuffer()
export const gif = await picture().gif().toBuffer()
/** 60 × 40 pixels that have to be turned by a quarter to be seen upright. */
export const sideways = await picture().jpeg().withExif({ IFD0: { Make: 'Contactsheet', Orientation: '6' } }).withMetadata({ orientation: 6 }).toBuffer()

export const svg = Buffer.from('<?xml version="1.0"?>\n<!-- a comment -->\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')

function picture () {
  return sharp({ create: { width: 60, height: 40, channels: 3, background: '#a3516a' } })
}

/** A body of `multipart/form-data` as a browser makes it, ready to inject. */
export async function multipart (fields: Record<string, string | { bytes: Buffer, filename: string, type?: string }>): Promise<{ payload: Buffer, headers: { 'content-type': string } }> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, new File([value.bytes], value.filename, { type: value.type ?? 'application/octet-stream' }))
  }
  const response = new Response(form)
  return { payload: Buffer.from(await response.arrayBuffer()), headers: { 'content-type': response.headers.get('content-type') ?? '' } }
}
