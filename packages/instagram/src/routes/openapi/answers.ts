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

/** The refusals of a route, by status: what `code` can be, and `Retry-After` where it is sent. */
export function refusals (codes: readonly ContactsheetErrorCode[], isPage: boolean): Record<string, Answer> {
  const byStatus = Map.groupBy(new Set(codes), code => STATUS[code])
  return Object.fromEntries([...byStatus].map(([status, found]) => [status, isPage ? { ...PAGE, description: found.join(', ') } : refusal(status, found)]))
}

function refusal (status: number, codes: readonly string[]): Answer {
  // What breaks a route's schema has Fastify's own code, which also tells what is wrong.
  const known = status === 400 ? [...codes, 'FST_ERR_VALIDATION'] : codes
  const schema = {
    type: 'object',
    required: ['statusCode', 'code', 'error', 'message'],
    properties: {
      statusCode: { const: status },
      code: { enum: known },
      error: { const: STATUS_CODES[status] ?? '' },
      message: { type: 'string', description: 'For people; switch on `code`.' }
    }
  }
  return {
    ...json(codes.join(', '), schema),
    ...([429, 503].includes(status) ? { headers: { 'retry-after': { description: 'Seconds', type: 'integer' } } } : {})
  }
}
