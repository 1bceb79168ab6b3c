import type { Fetcher, MediaSource } from '../domain/ports.ts'
import type { ResolvedOptions } from '../options.ts'
import { openLocations } from '../storage/locations.ts'
import type { Database } from '../stores/database.ts'
import { createFilesStore } from '../stores/files.ts'
import { createLooseObjects } from '../stores/loose-objects.ts'
import { createOutbox, type OutboxOptions } from '../stores/outbox.ts'
import { withRecentFiles } from '../stores/recent-files.ts'
import { createFiles } from './files.ts'
import type { PickServices } from './pick.ts'
import type { SaveServices } from './save.ts'
import { createSweep } from './sweep.ts'

export interface FileServicesOptions {
  options: ResolvedOptions
  database: Database
  connections: PickServices['connections']
  media: MediaSource
  fetcher: Fetcher
  /** Hears of every event that `onEvent` refused. */
  onRefusal?: OutboxOptions['onRefusal']
}

/** A copy is given up after so long, and what it left is swept a good while later. */
const COPY_DEADLINE_MS = 10 * 60_000
const ABANDONED_AFTER_MS = 20 * 60_000

/** Files with everything that keeps them: storage, rows, outbox, sweep. */
export async function createFileServices ({ options, database, connections, media, fetcher, onRefusal }: FileServicesOptions) {
  const { now, onEvent } = options
  const locations = await openLocations(options.storage)
  const outbox = createOutbox({ database, now, onEvent, ...(onRefusal === undefined ? {} : { onRefusal }) })
  const looseObjects = createLooseObjects({ database, now, abandonedAfterMs: ABANDONED_AFTER_MS })
  const sweep = createSweep({ looseObjects, locations })
  const store = withRecentFiles(createFilesStore({ database, outbox, looseObjects }))
  const saving: SaveServices = { files: store, looseObjects, locations, sweep, now, copyDeadlineMs: COPY_DEADLINE_MS }
  const files = createFiles({ ...saving, media, fetcher, baseUrl: `${options.publicUrl}${options.prefix.replace(/\/+$/, '')}`, defaultAppKey: options.appKey })
  const picking: PickServices = { media, fetcher, store, files, connections, now }

  outbox.start()
  sweep.start()

  return {
    files,
    fetcher,
    locations,
    picking,
    saving,
    store,
    outbox,
    sweep,
    /** Waits for the events that are being told; what is left is told at the next start. */
    async close (): Promise<void> {
      await Promise.all([outbox.close(), sweep.close()])
      await locations.close()
    }
  }
}
