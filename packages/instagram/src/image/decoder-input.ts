import { readFile } from 'node:fs/promises'

/** What libvips reads as options of the loader when it stands in a path. */
const BRACKETS = /[[\]]/

/**
 * A file as libvips takes it: its path, with options of the loader in brackets behind it. A path that has brackets itself
 * goes in as bytes, without options: `photo.jpg[shrink=8]` may be the name that a stranger gave to a file.
 */
export async function decoderInput (path: string, options: Readonly<Record<string, number>> = {}): Promise<string | Buffer> {
  if (BRACKETS.test(path)) return await readFile(path)
  const list = Object.entries(options).map(([name, value]) => `${name}=${value}`).join(',')
  return list === '' ? path : `${path}[${list}]`
}
