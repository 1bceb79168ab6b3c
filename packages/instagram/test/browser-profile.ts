import type { FastifyInstance } from 'fastify'

export interface Page {
  status: number
  url: string
  headers: Headers
  body: string
  json: () => Record<string, unknown>
}

interface Visit {
  headers?: Record<string, string>
  /** Changes an address before it is opened, or stops there with `undefined`. */
  through?: (url: URL) => URL | undefined
}

/**
 * A browser profile as far as HTTP goes: cookies per origin, redirects followed by hand. With a server, requests to its public address are
 * injected; all others go over the network.
 */
export function createBrowser (server: FastifyInstance | undefined, publicUrl: string) {
  const jars = new Map<string, Map<string, string>>()
  const jarOf = (origin: string) => {
    const jar = jars.get(origin) ?? new Map<string, string>()
    jars.set(origin, jar)
    return jar
  }

  const keepCookies = (origin: string, lines: readonly string[]) => {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jarOf(origin).delete(name)
      else jarOf(origin).set(name, value)
    }
  }

  /** One request, no redirect followed. */
  const open = async (address: string | URL, headers: Record<string, string> = {}): Promise<Page> => {
    const url = new URL(address, publicUrl)
    const cookie = [...jarOf(url.origin)].map(([name, value]) => `${name}=${value}`).join('; ')
    const all = { ...headers, ...(cookie === '' ? {} : { cookie }) }
    const answer = url.origin === publicUrl && server !== undefined ? await inject(server, url, all) : await overNetwork(url, all)
    keepCookies(url.origin, answer.headers.getSetCookie())
    return { ...answer, url: url.href, json: () => JSON.parse(answer.body) as Record<string, unknown> }
  }

  return {
    cookies: jarOf(publicUrl),
    open,
    /** Follows redirects to the last page, as a window does. */
    async visit (address: string | URL, { headers = {}, through = url => url }: Visit = {}): Promise<Page> {
      let page = await open(address, headers)
      for (let hops = 0; page.headers.has('location') && hops < 10; hops++) {
        const next = new URL(page.headers.get('location') ?? '', page.url)
        const changed = through(next)
        if (changed === undefined) return { ...page, url: next.href }
        page = await open(changed)
      }
      return page
    }
  }
}

async function inject (server: FastifyInstance, url: URL, headers: Record<string, string>) {
  const response = await server.inject({ url: url.pathname + url.search, headers: { host: url.host, ...headers } })
  const received = new Headers()
  for (const [name, value] of Object.entries(response.headers)) for (const one of [value].flat()) received.append(name, String(one))
  return { status: response.statusCode, headers: received, body: response.body }
}

async function overNetwork (url: URL, headers: Record<string, string>) {
  const response = await fetch(url, { headers, redirect: 'manual' })
  return { status: response.status, headers: response.headers, body: await response.text() }
}

export type Browser = ReturnType<typeof createBrowser>

export interface SignIn extends Visit {
  /** API key of the app. @defaultValue 'default' */
  key?: string
  /** The account that answers at Instagram; needs the emulator. */
  account?: string
  /** Path before the plugin's routes. */
  prefix?: string
}

/** Signs in as a dialog does: asks for the status, then opens the window. */
export async function signIn (browser: Browser, { key = 'default', account, prefix = '', through = url => url }: SignIn = {}): Promise<Page> {
  const ticket = await ticketOf(browser, key, prefix)
  return await browser.visit(`${prefix}/api/client/instagram/auth/open?key=${key}&signIn=${encodeURIComponent(ticket)}`, {
    headers: { 'sec-fetch-site': 'same-origin' },
    through (url) {
      if (account !== undefined && url.pathname.endsWith('/oauth/authorize')) url.searchParams.set('emulator_account', account)
      return through(url)
    }
  })
}

/** What the dialog carries through a sign-in. */
export async function ticketOf (browser: Browser, key = 'default', prefix = ''): Promise<string> {
  return String((await browser.open(`${prefix}/api/client/instagram/status?key=${key}`)).json().signIn)
}

/** Stops a window on its way back from Instagram. */
export const atCallback = (url: URL): URL | undefined => url.pathname.includes('/authCallback/') ? undefined : url
