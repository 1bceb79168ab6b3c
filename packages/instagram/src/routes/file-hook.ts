import type { FastifyRequest, preValidationAsyncHookHandler } from 'fastify'
import type { FileRecord } from '../domain/file.ts'
import { HANDLE_PATTERN } from '../domain/handle.ts'
import { ContactsheetError } from '../errors.ts'
import type { InstagramServices } from '../services.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The file that the path names; `null` on routes without a handle. */
    fileRecord: FileRecord | null
  }
}

const HANDLE = new RegExp(HANDLE_PATTERN)

/** The handle of the path; anything after a `+` is there for people. */
export function handleOf (request: FastifyRequest): string | undefined {
  const { handle } = request.params as { handle?: string }
  const bare = handle?.split('+', 1)[0]
  return bare !== undefined && HANDLE.test(bare) ? bare : undefined
}

/** Reads the row of the handle once per request. @throws {ContactsheetError} FILE_NOT_FOUND */
export function loadFile ({ store }: { store: Pick<InstagramServices['store'], 'find'> }): preValidationAsyncHookHandler {
  return async request => {
    const handle = handleOf(request)
    request.fileRecord ??= handle === undefined ? null : await store.find(handle) ?? null
    fileOf(request)
  }
}

/** @throws {ContactsheetError} FILE_NOT_FOUND */
export function fileOf (request: FastifyRequest): FileRecord {
  if (request.fileRecord === null) throw new ContactsheetError('FILE_NOT_FOUND', 'there is no such file')
  return request.fileRecord
}
