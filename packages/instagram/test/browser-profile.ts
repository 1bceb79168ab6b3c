import type { FastifyInstance } from 'fastify'

export interface Page {
  status: number
  url: string
  headers: Headers
  body: string
  json: () => Record<string, unknown>
}

/**
 * A browser profile as far as HTTP goes: cookies per origin, redirects followed by hand. Requests to the server's public address are
 * injected, all others (Instagram) go over the network.
 */
export function createBrowser (server: FastifyInstance, publicUrl: string) {
  const jars = new Map<string, Map<string, string>>()
  const jarOf = (origin: string) => {
    const jar = jars.get(origin) ?? new Map<string, string>()
    jars.set(origin, jar)
    return jar
  }

  const send = async (url: URL, headers: Record<string, string>): Promise<{ status: number, headers: Headers, body: string }> => {
    const cookie = [...jarOf(url.origin)].map(([name, value]) => `${name}=${value}`).join('; ')
    const all = { ...headers, ...(cookie === '' ? {} : { cookie }) }
    if (url.origin !== publicUrl) {
      const response = await fetch(url, { headers: all, redirect: 'manual' })
      return { status: response.status, headers: response.headers, body: await response.text() }
    }
    const response = await server.inject({ url: url.pathname + url.search, headers: { host: url.host, ...all } })
    const received = new Headers()
    for (const [name, value] of Object.entries(response.headers)) for (const one of [value].flat()) received.append(name, String(one))
    return { status: response.statusCode, headers: received, body: response.body }
  }

  const keepCookies = (origin: string, headers: Headers) => {
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jarOf(origin).delete(name)
      else jarOf(origin).set(name, value)
    }
  }

  /** One request, no redirect followed. */
  const open = async (address: string, headers: Record<string, string> = {}): Promise<Page> => {
    const url = new URL(address, publicUrl)
    const response = await send(url, headers)
    keepCookies(url.origin, response.headers)
    return { ...response, url: url.href, json: () => JSON.parse(response.body) as Record<string, unknown> }
  }

  return {
    cookies: jarOf(publicUrl),
    open,
    /** Follows redirects to the last page, as a window does. `until` stops before an address is opened. */
    async visit (address: string, { headers = {}, until = () => false }: { headers?: Record<string, string>, until?: (url: string) => boolean } = {}): Promise<Page> {
      let page = await open(address, headers)
      for (let hops = 0; page.headers.has('location') && hops < 10; hops++) {
        const next = new URL(page.headers.get('location') ?? '', page.url).href
        if (until(next)) return { ...page, url: next }
        page = await open(next)
      }
      return page
    }
  }
}

export type Browser = ReturnType<typeof createBrowser>

/** Signs in as a dialog does: status, then the window. */
export async function signIn (browser: Browser, key = 'default'): Promise<Page> {
  const status = (await browser.open(`/api/client/instagram/status?key=${key}`)).json()
  return await browser.visit(`/api/client/instagram/auth/open?key=${key}&signIn=${encodeURIComponent(String(status.signIn))}`, {
    headers: { 'sec-fetch-site': 'same-origin' }
  })
}
