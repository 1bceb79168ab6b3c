import type { TransportError } from './transport.ts'

/** Error codes of Node, OpenSSL and undici, as the classes that the log shows. */
const CLASSES: Readonly<Record<string, TransportError>> = {
  CONNECT_TIMEOUT: 'connect-timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  ETIMEDOUT: 'connect-timeout',
  ADDRESS_REFUSED: 'address-refused',
  ENOTFOUND: 'lookup-failed',
  EAI_AGAIN: 'lookup-failed',
  EAI_FAIL: 'lookup-failed',
  ESERVFAIL: 'lookup-failed',
  EREFUSED: 'lookup-failed',
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-reset',
  EPIPE: 'connection-reset',
  UND_ERR_SOCKET: 'connection-reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EPROTO: 'tls',
  UND_ERR_HEADERS_OVERFLOW: 'headers-too-large',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'answer-invalid',
  UND_ERR_RESPONSE: 'answer-invalid'
}

/** The class of a failure. */
export function classifyError (error: unknown): TransportError {
  const code = codeOf(error)
  const known = code === undefined ? undefined : CLASSES[code]
  if (known) return known
  if (error instanceof Error && error.name === 'HTTPParserError') return 'answer-invalid'
  if (code === undefined) return 'network'
  return /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/.test(code) ? 'tls' : 'network'
}

function codeOf (error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  if (!(error instanceof Error)) return undefined
  const { code } = error as NodeJS.ErrnoException
  return typeof code === 'string' ? code : undefined
}
