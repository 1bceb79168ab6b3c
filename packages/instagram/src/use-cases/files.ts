import { deleteEvent } from '../domain/file-event.ts'
import { instagramContentKey } from '../domain/media.ts'
import type { FileRecord } from '../domain/file.ts'
import type { FilesOfHost } from '../host.ts'
import { ContactsheetError } from '../errors.ts'
import { read, type ReadServices } from './read.ts'
import { save, type SaveServices } from './save.ts'

export interface FilesServices extends ReadServices, SaveServices {
  /** Absolute address before `/api/file/…`. */
  baseUrl: string
  defaultAppKey: string
}

export function createFiles (services: FilesServices): FilesOfHost {
  const { files, locations, sweep, now, baseUrl, defaultAppKey } = services
  const urlOf = ({ handle }: Pick<FileRecord, 'handle'>): string => `${baseUrl}/api/file/${handle}`

  return {
    urlOf,

    async find (handle) {
      const record = await files.find(handle)
      if (record === undefined) throw new ContactsheetError('FILE_NOT_FOUND', 'there is no such file')
      return record
    },

    async open (record, options) {
      return await read(services, record, options)
    },

    contentKey ({ source, appKey }) {
      if (source.kind === 'stored') return source.sha256
      return source.kind === 'instagram' ? instagramContentKey({ appKey, accountId: source.accountId }, source.mediaId) : source.url
    },

    pathOf ({ source }) {
      if (source.kind !== 'stored') return undefined
      return locations.get(source.location).location.pathOf?.(source.key, { container: source.container })
    },

    providerOf ({ source, client }) {
      return source.kind === 'stored' ? locations.get(source.location).location.provider : client
    },

    async save (request) {
      return await save(services, request)
    },

    async tell (handle, event) {
      await files.tell(handle, event)
    },

    async list ({ appKey = defaultAppKey, ...request }) {
      return await files.list({ ...request, appKey })
    },

    async remove (handle) {
      const doomed = await files.remove(handle, deleteEvent(urlOf({ handle }), now()))
      if (doomed !== undefined) await sweep.clear(doomed)
    }
  }
}
