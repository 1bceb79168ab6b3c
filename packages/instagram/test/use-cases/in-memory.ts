import { Readable } from 'node:stream'
import type { WebhookEvent } from '@contactsheet/webhooks'
import type { Fetcher, MediaSource } from '../../src/domain/ports.ts'
import { ContactsheetError } from '../../src/errors.ts'
import { resolveOptions, type LocationOptions } from '../../src/options.ts'
import { openDatabase } from '../../src/stores/open-database.ts'
import { createFileServices } from '../../src/use-cases/file-services.ts'

export const ACCOUNT = { appKey: 'default', accountId: '17841400000000000' }

interface Teardown { teardown: (work: () => Promise<unknown>) => void, testdir: () => string }

/** An Instagram of photos that a test holds in its hands, and the fetcher that finds them. */
export function mediaInMemory (photos: ReadonlyMap<string, Buffer>): { media: MediaSource, fetcher: Fetcher } {
  const find: MediaSource['find'] = async (_account, id) => {
    if (!photos.has(id)) throw new ContactsheetError('SOURCE_GONE', 'gone')
    return { id, kind: 'image', filename: `${id}.jpg`, mimetype: 'image/jpeg', url: `https://scontent.cdninstagram.com/${id}` }
  }
  return {
    media: { find, preview: find, list: async () => ({ items: [] }), forgetLink () {} },
    fetcher: {
      async download (url) {
        const bytes = photos.get(url.slice(url.lastIndexOf('/') + 1))
        if (bytes === undefined) throw new ContactsheetError('SOURCE_GONE', 'gone')
        return { body: Readable.from([bytes]), size: bytes.length, mimetype: 'image/jpeg', range: undefined }
      }
    }
  }
}

/** Files as the plugin keeps them, without HTTP and without Instagram. */
export async function fileServices (t: Teardown, { photos = new Map<string, Buffer>(), address = ':memory:', now = Date.now, onEvent = () => {}, storage }: {
  photos?: ReadonlyMap<string, Buffer>, address?: string, now?: () => number, onEvent?: (event: WebhookEvent) => Promise<void> | void, storage?: LocationOptions
} = {}) {
  const options = resolveOptions({
    secret: 'a secret of the tests that is long enough',
    publicUrl: 'http://app.localhost',
    app: { instagramAppId: '1234567890', instagramAppSecret: '0123456789abcdef0123456789abcdef' },
    database: address,
    storage: { S3: storage ?? { type: 'disk', directory: t.testdir() } },
    onEvent,
    now
  })
  const database = await openDatabase(address)
  const services = await createFileServices({ options, database, connections: { isKnown: async () => true }, ...mediaInMemory(photos) })
  const app = options.apps.get('default')
  if (app === undefined) throw new Error('there is no app')
  const close = async (): Promise<void> => {
    await services.close()
    await database.destroy()
  }
  t.teardown(close)
  return { ...services, database, app }
}

export type FileServicesOfTest = Awaited<ReturnType<typeof fileServices>>
