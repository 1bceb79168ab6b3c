import type { DialogPayload } from '../../domain/file-blob.ts'
import type { MediaListItem } from '../../domain/media.ts'
import type { DialogConfig } from '../config.ts'

/** What went wrong, in a code of the server's or one of ours (`OFFLINE`: the server could not be reached at all). */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly retryAfterSeconds: number | undefined

  constructor (code: string, message: string, retryAfterSeconds?: number) {
    super(message)
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export interface Status {
  status: 'connected' | 'reconnect' | 'disconnected'
  username?: string
  accountType?: string
  /** Starts one sign-in of this very session; present while not connected. */
  signIn?: string
}

export type Api = ReturnType<typeof createApi>

/** The server's routes, as the dialog calls them. Every call throws {@link ApiError}, and what an aborted signal throws. */
export function createApi (config: DialogConfig, fetch: typeof globalThis.fetch = globalThis.fetch.bind(globalThis)) {
  const client = `${config.base}/api/client/instagram`
  const query = (more: Record<string, string | undefined> = {}) =>
    new URLSearchParams(Object.entries({ key: config.key, ...more }).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString()

  async function call<Answer> (address: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(address, { cache: 'no-store', ...init }).catch((cause: unknown) => {
      if (init.signal?.aborted === true) throw cause
      throw new ApiError('OFFLINE', 'The server cannot be reached')
    })
    if (response.ok) return await response.json() as Answer
    const body = await response.json().catch(() => ({})) as { code?: string, message?: string }
    const retryAfter = Number(response.headers.get('retry-after') ?? NaN)
    throw new ApiError(body.code ?? `HTTP_${response.status}`, body.message ?? response.statusText, Number.isFinite(retryAfter) ? retryAfter : undefined)
  }

  return {
    status: (signal?: AbortSignal) => call<Status>(`${client}/status?${query()}`, { signal: signal ?? null }),
    media: (after: string | undefined, limit: number, signal: AbortSignal) =>
      call<{ items: MediaListItem[], after?: string }>(`${client}/media?${query({ after, limit: String(limit), videos: 'true' })}`, { signal }),
    pick: (mediaId: string, signal: AbortSignal) => call<DialogPayload>(`${client}/pick`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key: config.key, mediaId, minSize: config.minSize, maxSize: config.maxSize, store: config.store, policy: config.policy, signature: config.signature }),
      signal
    }),
    /** Ends a handle that was made and is not wanted any more. */
    async remove (url: string): Promise<void> {
      await fetch(`${url}/remove`, { method: 'POST', keepalive: true, body: new URLSearchParams({ key: config.key }) })
    },
    disconnect: () => call<{ ok: boolean, manageUrl?: string }>(`${client}/unauth?${query()}`, {}),
    /** Where a sign-in starts; opened by the person's own click. */
    signInAddress: (signIn: string, more: { mode?: 'redirect', returnTo?: string } = {}) => `${client}/auth/open?${query({ signIn, language: config.language, ...more })}`,
    eventsAddress: (signIn: string) => `${client}/events?${query({ signIn })}`
  }
}
