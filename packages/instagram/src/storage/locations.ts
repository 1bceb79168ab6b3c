import type { StorageLocation } from '../domain/ports.ts'
import { ContactsheetError } from '../errors.ts'
import type { DiskLocationOptions, LocationOptions } from '../options.ts'
import { diskLocation, prepareDirectory } from './disk.ts'
import { s3Location } from './s3.ts'

/** A location with the name by which files remember it. */
export interface NamedLocation {
  name: string
  location: StorageLocation
}

export type Locations = Awaited<ReturnType<typeof openLocations>>

/**
 * The host's locations, found by name whatever its case.
 *
 * @throws {ContactsheetError} OPTIONS_INVALID when one needs a package that is not installed, or a directory that cannot be written to
 */
export async function openLocations (given: Readonly<Record<string, LocationOptions>>) {
  const byName = new Map<string, NamedLocation>()
  for (const [name, options] of Object.entries(given)) {
    const location = options.type === 'disk' ? await openDisk(options) : await s3Location(options)
    byName.set(name.toLowerCase(), { name, location })
  }

  return {
    /** @throws {ContactsheetError} LOCATION_UNKNOWN */
    get (name: string): NamedLocation {
      const found = byName.get(name.toLowerCase())
      if (found === undefined) throw new ContactsheetError('LOCATION_UNKNOWN', `there is no storage location named ${JSON.stringify(name)}`)
      return found
    },
    async close (): Promise<void> {
      await Promise.all([...byName.values()].map(async ({ location }) => await location.close?.()))
    }
  }
}

async function openDisk ({ directory, containers = ['files'] }: DiskLocationOptions): Promise<StorageLocation> {
  await prepareDirectory(directory)
  return diskLocation({ directory, containers })
}
