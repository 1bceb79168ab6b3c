import type { FileListRequest, FilePage } from './domain/file.ts'
import type { Converter, Files } from './domain/ports.ts'

/** What the plugin offers to the program around it, as `fastify.instagram`. */
export interface Instagram {
  files: FilesOfHost
  converter: Pick<Converter, 'metrics'>
}

/** The files of the plugin, for routes, conversions and the host. */
export interface FilesOfHost extends Files {
  /** One account's files, links and copies, newest first. */
  list (request: FileListRequest): Promise<FilePage>
  /** Ends a handle, its copy with it; a photo at Instagram is not touched. @throws {ContactsheetError} FILE_NOT_FOUND */
  remove (handle: string): Promise<void>
}
