import { PassThrough, Readable } from 'node:stream'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ContactsheetError } from '../errors.ts'
import type { Upload } from '../use-cases/upload.ts'
import { base64Decoder } from './base64.ts'

interface Fields {
  url?: string
  filename?: string
  mimetype?: string
  base64decode?: boolean
}

const FORM = 'application/x-www-form-urlencoded'
/** The name that Filepicker's clients give to the file's part. */
const FIELD = 'fileUpload'
/** How long a refused sender may go on before it is cut off: it has to have time to read the refusal. */
const LINGER_MS = 2_000

/** In this scope every body is bytes, JSON and text too, unless it is a form. */
export async function acceptUploads (scope: FastifyInstance): Promise<void> {
  if (!scope.hasRequestDecorator('isMultipart')) await scope.register(multipart)
  if (!scope.hasContentTypeParser(FORM)) await scope.register(formbody)
  for (const type of ['application/json', 'text/plain']) if (scope.hasContentTypeParser(type)) scope.removeContentTypeParser(type)
  if (!scope.hasContentTypeParser('*')) scope.addContentTypeParser('*', (_request, payload, done) => { done(null, payload) })
}

/** @throws {ContactsheetError} REQUEST_INVALID when there is nothing to keep */
export async function readUpload (request: FastifyRequest, reply: FastifyReply, query: Fields): Promise<Upload> {
  if (request.isMultipart()) return await readMultipart(request, reply, query)
  const form = request.body instanceof Readable ? {} : (request.body ?? {}) as Fields
  const url = form.url ?? query.url
  if (url !== undefined && url !== '') return { url, filename: query.filename ?? form.filename ?? nameIn(url) }
  if (!(request.body instanceof Readable)) throw nothing()
  return { body: decoded(loose(request.body, reply), query), filename: query.filename ?? '', mimetype: query.mimetype ?? request.headers['content-type'] }
}

async function readMultipart (request: FastifyRequest, reply: FastifyReply, query: Fields): Promise<Upload> {
  // The file's size is bounded where the bytes are counted; here only the rest of the form is.
  for await (const part of request.parts({ limits: { fields: 20, fieldSize: 8192, parts: 30, fileSize: Infinity } })) {
    if (part.type === 'file' && part.fieldname === FIELD) {
      return { body: decoded(loose(part.file, reply), query), filename: query.filename ?? part.filename, mimetype: query.mimetype ?? part.mimetype }
    }
    if (part.type === 'file') part.file.resume()
    else if (part.fieldname === 'url' && typeof part.value === 'string') return { url: part.value, filename: query.filename ?? nameIn(part.value) }
  }
  throw nothing()
}

/** The same bytes in a stream whose end does not end the connection: who is refused gets the answer first. */
function loose (source: Readable, reply: FastifyReply): Readable {
  const body = new PassThrough()
  source.once('error', cause => body.destroy(new ContactsheetError('REQUEST_INVALID', 'the body ended before it was whole', { cause })))
  body.once('close', () => {
    if (source.readableEnded || source.destroyed) return
    source.unpipe(body)
    source.resume()
    reply.header('connection', 'close')
    reply.raw.once('finish', () => { setTimeout(() => { reply.raw.socket?.destroy() }, LINGER_MS).unref() })
  })
  return source.pipe(body)
}

function decoded (body: Readable, { base64decode = false }: Fields): Readable {
  if (!base64decode) return body
  const decoder = base64Decoder()
  body.once('error', error => decoder.destroy(error))
  decoder.once('close', () => { body.destroy() })
  return body.pipe(decoder)
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
