import type { FastifyRequest, preValidationHookHandler } from 'fastify'
import type { FileRecord } from '../domain/file.ts'
import { HANDLE_PATTERN } from '../domain/handle.ts'
import { ContactsheetError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The file that the path names; `null` on routes without a handle. */
    fileRecord: FileRecord | null
  }
}

const HANDLE = new RegExp(HANDLE_PATTERN)

/** The handle of the path; anything after a `+` is there for people. */
export function handleOf (request: FastifyRequest): string | undefined {
  const { handle = '' } = request.params as { handle?: string }
  if (HANDLE.test(handle)) return handle
  const bare = handle.split('+', 1)[0] ?? ''
  return HANDLE.test(bare) ? bare : undefined
}

/** Reads the row of a handle; one that was read a moment ago may come at once. */
export type FindFile = (handle: string) => FileRecord | undefined | Promise<FileRecord | undefined>

/** Reads the row of the handle once per request. @throws {ContactsheetError} FILE_NOT_FOUND */
export function loadFile ({ store: { find } }: { store: { find: FindFile } }): preValidationHookHandler {
  return (request, _reply, done) => {
    const handle = handleOf(request)
    const found = request.fileRecord ?? (handle === undefined ? undefined : find(handle))
    if (found instanceof Promise) return keep(request, found)
    request.fileRecord = found ?? null
    fileOf(request)
    done()
  }
}

async function keep (request: FastifyRequest, found: Promise<FileRecord | undefined>): Promise<void> {
  request.fileRecord = await found ?? null
  fileOf(request)
}

/** @throws {ContactsheetError} FILE_NOT_FOUND */
export function fileOf (request: FastifyRequest): FileRecord {
  if (request.fileRecord === null) throw new ContactsheetError('FILE_NOT_FOUND', 'there is no such file')
  return request.fileRecord
}
