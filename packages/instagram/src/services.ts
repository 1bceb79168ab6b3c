import { createSignInNews } from './auth/sign-in-news.ts'
import { createSignInTickets } from './auth/sign-in-ticket.ts'
import { createThumbnailLinks } from './auth/thumbnail-links.ts'
import { createTokenCipher } from './auth/token-cipher.ts'
import { createGraphClient } from './graph/client.ts'
import { createLimits } from './graph/limits.ts'
import { createLinkCache } from './graph/link-cache.ts'
import { createMediaSource } from './graph/media-source.ts'
import { createTokenKeeper } from './graph/token-keeper.ts'
import { createTokenLadder } from './graph/token-ladder.ts'
import { createFetcher } from './fetcher/download.ts'
import type { ResolvedOptions } from './options.ts'
import { createConnections } from './stores/connections.ts'
import { createSignIns } from './stores/sign-ins.ts'
import { openDatabase } from './stores/open-database.ts'
import { createFileServices } from './use-cases/file-services.ts'

/** Everything the routes call. A plain object that knows nothing of HTTP; the host reaches it as `fastify.instagram`. */
export type InstagramServices = Awaited<ReturnType<typeof createServices>>

/** Joins the rooms: each line makes one of them from the options and from rooms above it. */
export async function createServices (options: ResolvedOptions) {
  const { now, secrets } = options
  const database = await openDatabase(options.database)

  const connections = createConnections(database, createTokenCipher(secrets), options)
  const signIns = createSignIns(database, now)
  const news = createSignInNews()
  const graph = createGraphClient({ baseUrl: options.instagram.graphBaseUrl, fetch: options.fetch, limits: createLimits(now) })
  const ladder = createTokenLadder(graph, now)
  const tokens = createTokenKeeper(connections, ladder, now)
  const links = createLinkCache(now)
  const media = createMediaSource({ client: graph, tokens, links, now })
  const fetcher = createFetcher({ cdnHosts: options.instagram.cdnHosts })
  const fileServices = await createFileServices({ options, database, media, fetcher })

  return {
    ...fileServices,
    options,
    now,
    database,
    connections,
    signIns,
    news,
    tickets: createSignInTickets(secrets, now),
    thumbnails: createThumbnailLinks(secrets, options.prefix, now),
    ladder,
    tokens,
    links,
    media,
    /** Lets go of everything: stops loops and children, closes the database. */
    async close (): Promise<void> {
      news.close()
      await fileServices.close()
      await fetcher.close()
      await database.destroy()
    }
  }
}
