/** A refusal in the shape of the Graph API: `{ error: { message, type, code, error_subcode?, … , fbtrace_id } }`. */
export class GraphError extends Error {
  override readonly name = 'GraphError'
  readonly statusCode: number
  readonly detail: GraphErrorDetail

  constructor (detail: GraphErrorDetail, statusCode = 400) {
    super(detail.message)
    this.detail = detail
    this.statusCode = statusCode
  }
}

/** The fields of a Graph error but its trace id. */
export interface GraphErrorDetail {
  message: string
  type: 'OAuthException' | 'IGApiException'
  code: number
  error_subcode?: number
  is_transient?: boolean
  error_user_title?: string
  error_user_msg?: string
  /** Extra parts the publishing and rate-limit errors carry. */
  error_data?: Record<string, unknown>
}

/** A refusal of the token endpoint and of the authorize page: the older, flat shape. */
export class FlatError extends Error {
  override readonly name = 'FlatError'
  readonly statusCode: number

  constructor (message: string, statusCode = 400) {
    super(message)
    this.statusCode = statusCode
  }

  body (): { error_type: 'OAuthException', code: number, error_message: string } {
    return { error_type: 'OAuthException', code: this.statusCode, error_message: this.message }
  }
}

/** Whatever was thrown on the flat hosts, as their refusal. What is not the caller's fault keeps its 500. */
export function asFlatError (error: unknown): FlatError {
  return error instanceof FlatError ? error : new FlatError(messageOf(error), statusOf(error))
}

/** Whatever was thrown on the graph host, as its refusal. What is not the caller's fault becomes error 1 with status 500. */
export function asGraphError (error: unknown): GraphError {
  if (error instanceof GraphError) return error
  const status = statusOf(error)
  return status < 500 ? invalidParameter(messageOf(error)) : new GraphError({ ...GRAPH_ERRORS[1], message: messageOf(error) }, status)
}

function messageOf (error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Fastify's own refusals say 4xx; anything else is a fault of the emulator or of a test's function. */
function statusOf (error: unknown): number {
  const { statusCode } = Object(error) as { statusCode?: unknown }
  return typeof statusCode === 'number' ? statusCode : 500
}

const RATE_LIMIT_PAGE = 'https://developers.facebook.com/docs/graph-api/overview/rate-limiting'

/** The Graph errors by `code` or `code/subcode`, for refusals that need no detail and for injected failures. */
export const GRAPH_ERRORS = {
  1: { message: 'An unknown error has occurred.', type: 'OAuthException', code: 1, is_transient: true },
  2: { message: 'An unexpected error has occurred. Please retry your request later.', type: 'OAuthException', code: 2, is_transient: true },
  3: { message: '(#3) Application does not have the capability to make this API call.', type: 'OAuthException', code: 3 },
  4: { message: '(#4) Application request limit reached', type: 'OAuthException', code: 4, is_transient: true },
  10: { message: '(#10) Application does not have permission for this action', type: 'OAuthException', code: 10 },
  17: { message: '(#17) User request limit reached', type: 'OAuthException', code: 17, is_transient: true },
  100: { message: 'Unsupported request - method type: get', type: 'IGApiException', code: 100 },
  102: { message: 'The session is invalid.', type: 'OAuthException', code: 102 },
  104: { message: 'An access token is required to request this resource.', type: 'OAuthException', code: 104 },
  190: { message: 'Invalid OAuth access token - Cannot parse access token', type: 'OAuthException', code: 190 },
  '190/458': { message: 'Error validating access token: The user has not authorized this application.', type: 'OAuthException', code: 190, error_subcode: 458 },
  '190/459': { message: 'Error validating access token: The user has been checkpointed and must log in.', type: 'OAuthException', code: 190, error_subcode: 459 },
  '190/460': {
    message: 'Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
    type: 'OAuthException',
    code: 190,
    error_subcode: 460
  },
  '190/463': { message: 'Error validating access token: Session has expired.', type: 'OAuthException', code: 190, error_subcode: 463 },
  '190/464': { message: 'Error validating access token: The user is not confirmed.', type: 'OAuthException', code: 190, error_subcode: 464 },
  '190/467': { message: 'Error validating access token: The access token is invalid.', type: 'OAuthException', code: 190, error_subcode: 467 },
  '190/492': { message: 'Error validating access token: The session is invalid.', type: 'OAuthException', code: 190, error_subcode: 492 },
  200: { message: '(#200) Permissions error', type: 'OAuthException', code: 200 },
  341: { message: 'Application limit reached. Please try again later.', type: 'OAuthException', code: 341 },
  368: { message: 'The action attempted has been deemed abusive or is otherwise disallowed', type: 'OAuthException', code: 368 },
  613: { message: 'Calls to this api have exceeded the rate limit.', type: 'OAuthException', code: 613, is_transient: true },
  80002: {
    message: `There have been too many calls to this Instagram account. Wait a bit and try again. For more info, please refer to ${RATE_LIMIT_PAGE}.`,
    type: 'OAuthException',
    code: 80002,
    is_transient: true
  }
} as const satisfies Record<string, GraphErrorDetail>

/** Names an entry of that table: `'4'`, `'190/463'`. */
export type GraphErrorKey = `${keyof typeof GRAPH_ERRORS}`

/** An error of the table, with a message of its own when one is given. */
export function graphError (key: GraphErrorKey, message?: string): GraphError {
  const detail: GraphErrorDetail = GRAPH_ERRORS[key as keyof typeof GRAPH_ERRORS]
  return new GraphError(message === undefined ? detail : { ...detail, message })
}

/** 100/33: no such node, or none that the caller may see. */
export function objectNotFound (id: string): GraphError {
  return new GraphError({
    message: `Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
    type: 'IGApiException',
    code: 100,
    error_subcode: 33
  })
}

/** Code 100 without subcode. */
export function invalidParameter (message: string): GraphError {
  return new GraphError({ message: `(#100) ${message}`, type: 'OAuthException', code: 100 })
}
