import { randomUUID } from 'node:crypto'
import { lstat, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const NAME = /^contactsheet-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const TOUCHED_EVERY_MS = 60 * 60_000
const ABANDONED_AFTER_MS = 24 * 60 * 60_000

/** A folder of this process alone, whose name nobody can know beforehand. It is made by whoever writes into it first. */
export interface TemporaryFolder {
  path: string
  /** Removes it with all that is in it. */
  close (): Promise<void>
}

/**
 * Names a folder, and removes those that killed processes have left: their own ends would have removed them. One that lives
 * touches its folder every hour; what nobody has touched for a day is nobody's.
 *
 * @param parent - where such folders are @defaultValue the system's temporary directory
 */
export function openTemporaryFolder (parent = tmpdir()): TemporaryFolder {
  const path = join(parent, `contactsheet-${randomUUID()}`)
  const touching = setInterval(() => { touch(path).catch(() => {}) }, TOUCHED_EVERY_MS).unref()
  const removing = removeAbandoned(parent)
  return {
    path,
    async close () {
      clearInterval(touching)
      await removing
      await rm(path, { recursive: true, force: true })
    }
  }
}

async function touch (path: string): Promise<void> {
  const now = new Date()
  await utimes(path, now, now)
}

/** Another process may be doing the same: what cannot be removed is left to the next start. */
async function removeAbandoned (parent: string): Promise<void> {
  const before = Date.now() - ABANDONED_AFTER_MS
  const names = await readdir(parent).catch(() => [])
  for (const path of names.filter(name => NAME.test(name)).map(name => join(parent, name))) {
    // A link, or a folder of somebody else, may have any name.
    if (await isOwnFolder(path, before).catch(() => false)) await rm(path, { recursive: true, force: true }).catch(() => {})
  }
}

async function isOwnFolder (path: string, touchedBeforeMs: number): Promise<boolean> {
  const found = await lstat(path)
  return found.isDirectory() && found.uid === process.getuid?.() && found.mtimeMs < touchedBeforeMs
}
