import type { ResolvedOptions } from './options.ts'
import { openDatabase } from './stores/open-database.ts'

/** Everything the routes call. A plain object that knows nothing of HTTP; the host reaches it as `fastify.instagram`. */
export type InstagramServices = Awaited<ReturnType<typeof createServices>>

/** Joins the rooms: each line makes one of them from the options and from rooms above it. */
export async function createServices (options: ResolvedOptions) {
  const database = await openDatabase(options.database)

  return {
    options,
    database,
    /** Lets go of everything: stops loops and children, closes the database. */
    async close (): Promise<void> {
      await database.destroy()
    }
  }
}
