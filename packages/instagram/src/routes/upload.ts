import { Readable, Transform } from 'node:stream'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ContactsheetError } from '../errors.ts'

/** What a caller sent to be kept: bytes, or the address of bytes. */
export type Upload =
  | { url: string, filename: string }
  | { body: Readable, filename: string, mimetype: string | undefined }

interface UploadFields {
  url?: string
  filename?: string
  mimetype?: string
  base64decode?: boolean
}

const FORM = 'application/x-www-form-urlencoded'
/** The name that Filepicker's clients give to the file's part. */
const FIELD = 'fileUpload'
const BASE64_GROUP = 4

/** In this scope every body is bytes, JSON and text too, unless it is a form. */
export async function acceptUploads (scope: FastifyInstance): Promise<void> {
  if (!scope.hasRequestDecorator('isMultipart')) await scope.register(multipart)
  if (!scope.hasContentTypeParser(FORM)) await scope.register(formbody)
  for (const type of ['application/json', 'text/plain']) if (scope.hasContentTypeParser(type)) scope.removeContentTypeParser(type)
  if (!scope.hasContentTypeParser('*')) scope.addContentTypeParser('*', (_request, payload, done) => { done(null, payload) })
}

/** @throws {ContactsheetError} REQUEST_INVALID when there is nothing to keep */
export async function readUpload (request: FastifyRequest, query: UploadFields): Promise<Upload> {
  if (request.isMultipart()) return await readMultipart(request, query)
  const form = request.body instanceof Readable ? {} : (request.body ?? {}) as UploadFields
  const url = form.url ?? query.url
  if (url !== undefined && url !== '') return { url, filename: query.filename ?? form.filename ?? nameIn(url) }
  if (!(request.body instanceof Readable)) throw nothing()
  return { body: decoded(request.body, query), filename: query.filename ?? '', mimetype: query.mimetype ?? request.headers['content-type'] }
}

async function readMultipart (request: FastifyRequest, query: UploadFields): Promise<Upload> {
  // The size is bounded where the bytes are counted; here only the form is.
  for await (const part of request.parts({ limits: { fields: 20, fieldSize: 8192, parts: 30, fileSize: Infinity } })) {
    if (part.type === 'file' && part.fieldname === FIELD) {
      return { body: decoded(part.file, query), filename: query.filename ?? part.filename, mimetype: query.mimetype ?? part.mimetype }
    }
    if (part.type === 'file') part.file.resume()
    else if (part.fieldname === 'url' && typeof part.value === 'string') return { url: part.value, filename: query.filename ?? nameIn(part.value) }
  }
  throw nothing()
}

function decoded (body: Readable, { base64decode = false }: UploadFields): Readable {
  if (!base64decode) return body
  const decoder = base64Decoder()
  body.once('error', error => decoder.destroy(error))
  return body.pipe(decoder)
}

/** Base64 comes in groups of four characters, chunks come as they like. */
function base64Decoder (): Transform {
  let rest = ''
  return new Transform({
    transform (chunk: Buffer, _encoding, done) {
      const text = rest + chunk.toString('latin1').replace(/\s+/g, '')
      const whole = text.length - text.length % BASE64_GROUP
      rest = text.slice(whole)
      done(null, Buffer.from(text.slice(0, whole), 'base64'))
    },
    flush (done) {
      done(null, Buffer.from(rest, 'base64'))
    }
  })
}

/** The last segment of an address, read as a file's name. */
function nameIn (url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : ''
  const last = path.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

function nothing (): ContactsheetError {
  return new ContactsheetError('REQUEST_INVALID', `send the file as multipart field ${FIELD}, as the body, or its address as url`)
}
