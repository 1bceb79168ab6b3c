import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PHOTO_COUNT } from './catalogue.ts'

/** Hands out photos as JPEG; has each painted at its first use and keeps it in a folder. */
export interface PhotoStore {
  /** @param photo - number in the catalogue; larger numbers start over */
  jpeg: (photo: number) => Promise<Buffer>
}

/** Part of the file names: a new look must not be served from an old cache. */
const GENERATION = 7

/**
 * @param folder - created when missing; several processes may share it
 * @param paint - makes the photo that is not there yet
 */
export function createPhotoStore (folder: string, paint: (photo: number) => Promise<Buffer>): PhotoStore {
  const underway = new Map<number, Promise<Buffer>>()

  const load = async (photo: number): Promise<Buffer> => {
    const path = join(folder, `g${GENERATION}-${photo}.jpg`)
    const kept = await readFile(path).catch(() => undefined)
    if (kept !== undefined) return kept
    const bytes = await paint(photo)
    await keep(folder, path, bytes).catch(() => { /* a folder that cannot be written costs time, not the answer */ })
    return bytes
  }

  return {
    jpeg: async photo => {
      const known = photo % PHOTO_COUNT
      const running = underway.get(known) ?? load(known).finally(() => underway.delete(known))
      underway.set(known, running)
      return await running
    }
  }
}

/** Written beside and renamed, so that no other process reads half a photo. */
async function keep (folder: string, path: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true })
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, bytes)
  await rename(draft, path)
}
