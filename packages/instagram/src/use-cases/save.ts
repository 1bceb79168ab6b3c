import type { FileRecord, NewFile } from '../domain/file.ts'
import { newHandle } from '../domain/handle.ts'
import type { SaveRequest } from '../domain/ports.ts'
import type { FilesStore } from '../stores/files.ts'
import { copy, type Copy, type CopyServices } from './copy.ts'

export interface SaveServices extends CopyServices {
  files: FilesStore
  now: () => number
}

/** A copy with a handle, a row and an event. */
export async function save (services: SaveServices, request: SaveRequest): Promise<FileRecord> {
  const rules = request.rules ?? { mimetypes: ['*/*'], maxBytes: request.app.maxSize }
  const copied = await copy(services, { ...request, rules })
  const time = services.now()
  const file: NewFile = {
    handle: newHandle(),
    appKey: request.app.key,
    sessionId: request.sessionId,
    filename: copied.filename,
    mimetype: copied.mimetype,
    size: copied.size,
    client: request.client,
    createdAtMs: time,
    modifiedAtMs: time,
    source: storedSource(copied, request.access ?? 'private'),
    origin: request.origin
  }
  return await services.sweep.guard(copied.object, async () => await services.files.insert(file, request.event, copied.object))
}

export function storedSource ({ object, sha256 }: Copy, access: 'public' | 'private') {
  const { location, container, key } = object
  return { kind: 'stored' as const, location, container, key, access, sha256 }
}
