import { createSignInNews } from './auth/sign-in-news.ts'
import { createSignInTickets } from './auth/sign-in-ticket.ts'
import { createThumbnailLinks } from './auth/thumbnail-links.ts'
import { createTokenCipher } from './auth/token-cipher.ts'
import { createGraphClient } from './graph/client.ts'
import { createLimits } from './graph/limits.ts'
import { createMediaSource } from './graph/media-source.ts'
import { createTokenKeeper } from './graph/token-keeper.ts'
import { createTokenLadder } from './graph/token-ladder.ts'
import { instagramContentKey, type AccountReference } from './domain/media.ts'
import { createFetcher } from './fetcher/download.ts'
import { openConverter } from './image/open-converter.ts'
import { tellNobody, type ResolvedOptions } from './options.ts'
import { createConnections } from './stores/connections.ts'
import { createDeletions } from './stores/deletions.ts'
import { createSignIns } from './stores/sign-ins.ts'
import { openDatabase } from './stores/open-database.ts'
import { createBackground } from './use-cases/background.ts'
import { createConversionTeller } from './use-cases/conversion-teller.ts'
import { eraseFiles } from './use-cases/erase-files.ts'
import { createFileServices } from './use-cases/file-services.ts'
import { keepHouse } from './use-cases/keep-house.ts'

/** Everything the routes call. A plain object that knows nothing of HTTP; what of it the host may use is `Instagram`. */
export type InstagramServices = Awaited<ReturnType<typeof createServices>>

/** As much of a logger as is needed here. */
export interface Log { warn: (fields: object, message: string) => void }

/** Joins the rooms: each line makes one of them from the options and from rooms above it. */
export async function createServices (options: ResolvedOptions, log?: Log) {
  const { now, secrets } = options
  const database = await openDatabase(options.database)

  const connections = createConnections(database, createTokenCipher(secrets), options)
  const signIns = createSignIns(database, now)
  const news = createSignInNews()
  const background = createBackground()
  const graph = createGraphClient({ baseUrl: options.instagram.graphBaseUrl, fetch: options.fetch, limits: createLimits(now) })
  const ladder = createTokenLadder(graph, now)
  const tokens = createTokenKeeper(connections, ladder, now)
  const media = createMediaSource({ client: graph, tokens, connections, now })
  const fetcher = createFetcher({ cdnHosts: options.instagram.cdnHosts, urlHosts: options.urlHosts })
  const fileServices = await createFileServices({
    options, database, connections, media, fetcher, onRefusal: (err, event) => { log?.warn({ err, event }, 'an event was not taken and will be told again') }
  }).catch(async (error: unknown) => {
    await database.destroy()
    throw error
  })

  const converter = openConverter(options.conversions, options.cacheDirectory)
  const deletions = createDeletions(database, now)
  const erasers = [
    async (account: AccountReference) => media.forget(account),
    async (account: AccountReference) => await eraseFiles({ ...fileServices, converter }, account),
    async (account: AccountReference) => await converter.forget(instagramContentKey(account))
  ]

  const conversionTeller = createConversionTeller({ outbox: fileServices.outbox, isHeard: options.onEvent !== tellNobody })

  return {
    ...fileServices,
    conversionTeller,
    converter,
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
    media,
    background,
    deletions,
    erasers,
    keepHouse: async (signal: AbortSignal) => await keepHouse({ connections, signIns, tokens, deletions, erasers }, signal),
    /** Lets go of everything: stops loops and children, closes the database. */
    async close (): Promise<void> {
      news.close()
      await converter.close()
      await conversionTeller.close()
      await background.settled()
      await fileServices.close()
      await fetcher.close()
      await database.destroy()
    }
  }
}
