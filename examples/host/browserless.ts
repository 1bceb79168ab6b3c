// What a browser would do, over HTTP only: a session with cookies, and the calls of the dialog and of filepicker.js.

export interface DialogBlob {
  url: string
  data: { filename: string, type: string, size?: number, key?: string, container?: string, client: string }
}

export interface MediaListItem { id: string, kind: string, filename: string, caption?: string, children?: MediaListItem[] }

export class Visitor {
  readonly #origin: string
  readonly #cookies = new Map<string, string>()

  constructor (origin: string) {
    this.#origin = origin
  }

  /** Fetches with this visitor's cookies; follows no redirect. */
  async fetch (target: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(target, this.#origin)
    const headers = new Headers(init.headers)
    const isOurs = url.origin === this.#origin
    if (isOurs && this.#cookies.size > 0) headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    if (isOurs && init.method === 'POST') headers.set('origin', this.#origin)
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    if (isOurs) this.#keep(response.headers.getSetCookie())
    return response
  }

  async json<T> (target: string, init?: RequestInit): Promise<T> {
    const response = await this.fetch(target, init)
    const text = await response.text()
    if (!response.ok) throw new Error(`${init?.method ?? 'GET'} ${new URL(target, this.#origin).pathname} answered ${response.status}: ${text}`)
    return JSON.parse(text) as T
  }

  async post<T> (target: string, body: unknown): Promise<T> {
    return await this.json<T>(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  }

  /** Signs in: our start address, Instagram's consent page with the answer already given, our callback. */
  async connect (): Promise<string> {
    const { signIn = '' } = await this.json<{ signIn?: string }>('/api/client/instagram/status')
    const start = await this.fetch(`/api/client/instagram/auth/open?signIn=${encodeURIComponent(signIn)}`)
    const consent = await this.fetch(allowed(located(start)))
    const callback = await this.fetch(located(consent))
    if (callback.status >= 400) throw new Error(`The callback answered ${callback.status}: ${await callback.text()}`)
    const { status, username } = await this.json<{ status: string, username?: string }>('/api/client/instagram/status')
    if (status !== 'connected' || username === undefined) throw new Error(`The session is ${status} after the sign-in`)
    return username
  }

  #keep (cookies: string[]): void {
    for (const cookie of cookies) {
      const [pair = ''] = cookie.split(';')
      const equals = pair.indexOf('=')
      this.#cookies.set(pair.slice(0, equals), pair.slice(equals + 1))
    }
  }
}

function located (response: Response): string {
  const location = response.headers.get('location')
  if (location === null) throw new Error(`Expected a redirect from ${response.url}, got ${response.status}`)
  return location
}

/** The emulator's consent page answers by itself when it is asked to. */
function allowed (authorizeUrl: string): string {
  const url = new URL(authorizeUrl)
  url.searchParams.set('emulator_answer', 'allow')
  return url.href
}
