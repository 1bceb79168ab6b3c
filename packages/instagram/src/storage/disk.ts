import { createHash } from 'node:crypto'
import { constants, createReadStream, createWriteStream, fstatSync, open as openFile } from 'node:fs'
import { access, link, mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import type { StorageLocation } from '../domain/ports.ts'
import { ContactsheetError } from '../errors.ts'

export interface DiskOptions {
  directory: string
  /** Names that a client may ask for as `container`; the first is used when it asks for none. Each is a folder. */
  containers: readonly string[]
}

const PARTS = '.parts'

// A stream over a plain descriptor costs half of what it costs over a FileHandle; each turn through the thread pool that can be left out counts.
const openToRead = promisify(openFile)

/**
 * Makes the directory if it is not there, so that one that cannot be written to is told at the start.
 *
 * @throws {ContactsheetError} OPTIONS_INVALID
 */
export async function prepareDirectory (directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true })
    await access(directory, constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new ContactsheetError('OPTIONS_INVALID', `the directory ${JSON.stringify(directory)} of a storage location cannot be written to: ${(cause as Error).message}`, { cause })
  }
}

/**
 * Files below a directory: `<directory>/<container>/<key>`. A copy grows under `.parts` and is linked to its name when all
 * its bytes are on the disk, so that no reader and no crash ever sees half of one.
 */
export function diskLocation ({ directory, containers }: DiskOptions): StorageLocation {
  const [defaultContainer = 'files'] = containers
  const pathOf = (key: string, container = defaultContainer): string => join(directory, container, key)
  const partOf = (key: string, container = defaultContainer): string => join(directory, PARTS, createHash('sha256').update(`${container}/${key}`).digest('hex'))

  return {
    provider: 'internal',
    containers,
    pathOf: (key, options = {}) => pathOf(key, options.container),

    async put (key, body, { container, signal }) {
      const [part, path] = [partOf(key, container), pathOf(key, container)]
      try {
        await mkdir(dirname(part), { recursive: true })
        await pipeline(body, createWriteStream(part, { flush: true }), { ...(signal === undefined ? {} : { signal }) })
        const made = await mkdir(dirname(path), { recursive: true })
        await link(part, path)
        await syncUpTo(dirname(path), made === undefined ? dirname(path) : dirname(made))
      } catch (error) {
        if (['EEXIST', 'ENOTDIR', 'EISDIR'].includes(codeOf(error) ?? '')) throw new ContactsheetError('KEY_TAKEN', `there is already a file at ${JSON.stringify(key)}`, { cause: error })
        throw error
      } finally {
        await rm(part, { force: true })
      }
    },

    async open (key, { container, start = 0, end = Infinity } = {}) {
      const fd = await openToRead(pathOf(key, container), 'r').catch(undefinedWhenMissing)
      if (fd === undefined) return undefined
      const { size } = fstatSync(fd)
      const last = Math.min(end, size - 1)
      return { size, body: createReadStream('', { fd, start, end: Math.max(start, last) }) }
    },

    async stat (key, { container } = {}) {
      const found = await stat(pathOf(key, container)).catch(undefinedWhenMissing)
      return found?.isFile() === true ? { size: found.size } : undefined
    },

    async remove (key, { container } = {}) {
      await rm(partOf(key, container), { force: true })
      await rm(pathOf(key, container), { force: true })
    }
  }
}

/** Makes new names as lasting as the bytes they stand for, in a folder and in those above it that are new as well. */
async function syncUpTo (path: string, top: string): Promise<void> {
  const directory = await open(path)
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
  if (path !== top) await syncUpTo(dirname(path), top)
}

function undefinedWhenMissing (error: unknown): undefined {
  if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error) ?? '')) return undefined
  throw error
}

function codeOf (error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
