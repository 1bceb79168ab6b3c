import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { gzipSync } from 'node:zlib'

/** One built file, as it is and compressed. */
export interface Asset {
  bytes: Buffer
  gzipped: Buffer
  mimetype: string
}

export interface Assets {
  /** By file name; hashed names never change their bytes. */
  files: ReadonlyMap<string, Asset>
  /** The built file of a source, and what it loads at once. */
  entry: (source: string) => { script: string, styles: readonly string[] }
}

interface ManifestEntry { file: string, css?: string[] }

const MIMETYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' }

/**
 * Reads what Vite built; a few files of some kilobytes, kept in memory.
 *
 * @param directory - where they lie; the default is right from source and from dist alike
 * @throws {Error} when they have not been built
 */
export function readAssets (directory = new URL('../../dist/assets/', import.meta.url)): Assets {
  const manifestFile = new URL('manifest.json', directory)
  if (!existsSync(manifestFile)) throw new Error('The dialog is not built yet: run "pnpm run build:assets" in the package @contactsheet/instagram')
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, ManifestEntry>
  const names = readdirSync(directory).filter(name => extname(name) in MIMETYPES)
  return {
    files: new Map(names.map(name => [name, readAsset(new URL(name, directory), MIMETYPES[extname(name)] ?? '')])),
    entry (source) {
      const found = manifest[source]
      if (found === undefined) throw new Error(`The built dialog has no ${source}: build it again`)
      return { script: found.file, styles: found.css ?? [] }
    }
  }
}

function readAsset (file: URL, mimetype: string): Asset {
  const bytes = readFileSync(file)
  return { bytes, gzipped: gzipSync(bytes, { level: 9 }), mimetype }
}
