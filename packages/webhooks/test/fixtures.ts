import { readFileSync } from 'node:fs'

interface Vector { name: string, id: string, timestamp: number, key: string, body: string, signature: string }
interface SeedRow { event: 1 | 2, id: string, timestamp: number, bytes: number, sha256: string, v1: string, filestack: string }

/** Signatures made by the libraries that publish them. */
export const vectors = readJson('webhook-signatures') as {
  keys: { K1: string, K4_filestack: string }, standard: Vector[], filestack: Vector[], seed: SeedRow[]
}

/** The payloads of Filestack's Instagram page, as values. */
export const PRODUCT_PAGE = {
  symlink: readJson('upload-symlink'), stored: readJson('upload-stored'), exported: readJson('export'), conversion: readJson('conversion')
}

/** The same payload as the bytes of its file, white space and all. */
export function productPageBytes (name: 'upload-symlink' | 'upload-stored' | 'export' | 'conversion'): Buffer {
  return readFileSync(new URL(`fixtures/${name}.json`, import.meta.url))
}

function readJson (name: string): unknown {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'))
}
