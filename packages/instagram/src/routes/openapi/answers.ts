import { STATUS_CODES } from 'node:http'
import { STATUS, type ContactsheetErrorCode } from '../../errors.ts'

/** A response as `@fastify/swagger` reads it. */
export type Answer = Record<string, unknown>

export function json (description: string, schema: object): Answer {
  return { description, content: { 'application/json': { schema } } }
}

/** JSON of the shape that the route itself declares for this status. */
export function ofRoute (description: string): Answer {
  return { description, isOfRoute: true }
}

export function text (description: string, type: string, schema: object = { type: 'string' }): Answer {
  return { description, content: { [type]: { schema } } }
}

/** Bytes: OpenAPI 3.1 describes them by their media type alone. */
export function bytes (description: string, type = '*/*'): Answer {
  return { description, content: { [type]: { schema: {} } } }
}

export function empty (description: string): Answer {
  return { description, type: 'null' }
}

export const PAGE = text('A page for the person in the window', 'text/html')
export const NOT_MODIFIED = empty('Nothing changed since the tag or date that the request named')

/** What Fastify itself refuses before a route sees the request, by status. */
const FASTIFY = {
  schema: { 400: ['FST_ERR_VALIDATION'] },
  body: {
    400: ['FST_ERR_VALIDATION', 'FST_ERR_CTP_INVALID_JSON_BODY', 'FST_ERR_CTP_EMPTY_JSON_BODY', 'FST_ERR_CTP_INVALID_CONTENT_LENGTH'],
    413: ['FST_ERR_CTP_BODY_TOO_LARGE'],
    415: ['FST_ERR_CTP_INVALID_MEDIA_TYPE']
  }
} as const

export interface RefusalsOf {
  codes: readonly ContactsheetErrorCode[]
  /** They are pages for people. */
  isPage: boolean
  /** The request may have a body that Fastify reads. */
  hasBody: boolean
}

/** The refusals of a route, by status: what `code` can be, and `Retry-After` where it is sent. */
export function refusals ({ codes, isPage, hasBody }: RefusalsOf): Record<string, Answer> {
  const found: Record<number, readonly string[]> = hasBody ? { ...FASTIFY.body } : { ...FASTIFY.schema }
  for (const [status, ours] of Map.groupBy(new Set(codes), code => STATUS[code])) found[status] = [...ours, ...found[status] ?? []]
  return Object.fromEntries(Object.entries(found).map(([status, known]) => [status, isPage ? { ...PAGE, description: known.join(', ') } : refusal(Number(status), known)]))
}

function refusal (status: number, codes: readonly string[]): Answer {
  const schema = {
    type: 'object',
    required: ['statusCode', 'code', 'error', 'message'],
    properties: {
      statusCode: { const: status },
      code: { enum: codes },
      error: { const: STATUS_CODES[status] ?? '' },
      message: { type: 'string', description: 'For people; switch on `code`.' }
    }
  }
  return {
    ...json(codes.join(', '), schema),
    ...([429, 503].includes(status) ? { headers: { 'retry-after': { description: 'Seconds', type: 'integer' } } } : {})
  }
}
