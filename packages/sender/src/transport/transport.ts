import type { AttemptTimings } from '../stores/delivery-store.ts'

/** One signed POST, as the network sees it. */
export interface TransportRequest {
  url: URL
  headers: Record<string, string>
  body: Uint8Array
  /** The whole attempt: connecting, sending, waiting, reading. */
  timeoutMs: number
  connectTimeoutMs: number
  /** Connections of different endpoints are never shared. */
  endpointId: string
}

/** What came back: an answer, or the class of the failure. */
export interface TransportAnswer {
  status?: number | undefined
  error?: TransportError | undefined
  retryAfter?: string | undefined
  location?: string | undefined
  remoteAddress?: string | undefined
  timings: AttemptTimings
  /** At most the first 4 KiB. */
  body?: Uint8Array | undefined
}

export type TransportError =
  | 'timeout' | 'connect-timeout' | 'lookup-failed' | 'address-refused' | 'connection-refused' | 'connection-reset' | 'unreachable'
  | 'tls' | 'headers-too-large' | 'answer-invalid' | 'aborted' | 'network'

/** Sends one request and never throws: whatever happens is an answer. */
export interface Transport {
  post (request: TransportRequest): Promise<TransportAnswer>
  /** Closes idle connections; those of one endpoint, or all. */
  close (endpointId?: string): Promise<void>
}

/** Bytes of the answer that are kept. */
export const KEPT_BYTES = 4 * 1024
/** Bytes after which reading stops: the answer's status has long been seen. */
export const READ_BYTES = 64 * 1024
