import type { World } from './model/world.ts'

/** The path under which each of Instagram's hosts lives on the emulator's one origin. */
export const HOST_PREFIX = { www: '/www', api: '/api', graph: '/graph', cdn: '/cdn' } as const
/** Where the control API lives; no host of Instagram's has it. */
export const CONTROL_PREFIX = '/emulator'
/** One of Instagram's four hosts. */
export type HostName = keyof typeof HOST_PREFIX

const REAL_URLS: Readonly<Record<HostName, string>> = {
  www: 'https://www.instagram.com',
  api: 'https://api.instagram.com',
  graph: 'https://graph.instagram.com',
  cdn: 'https://scontent-abc1-1.cdninstagram.com'
}

const REAL_HOSTS: ReadonlyArray<readonly [name: RegExp, host: HostName]> = [
  [/^(?:www\.)?instagram\.com$/, 'www'],
  [/^api\.instagram\.com$/, 'api'],
  [/^graph\.instagram\.com$/, 'graph'],
  [/\.(?:cdninstagram\.com|fbcdn\.net)$/, 'cdn']
]

/**
 * Lets clients whose host names are fixed use the emulator: a call whose `Host` is one of Instagram's goes to that host's part.
 * (The names are pointed at the emulator by a hosts file or by the client's dispatcher.) The emulator's own pages link with the prefix
 * already in front.
 */
export function pathOnEmulator (path: string, hostHeader: string | undefined): string {
  const name = (hostHeader ?? '').replace(/:\d+$/, '').toLowerCase()
  const host = REAL_HOSTS.find(([pattern]) => pattern.test(name))?.[1]
  return host === undefined || path.startsWith(`${HOST_PREFIX[host]}/`) ? path : HOST_PREFIX[host] + path
}

/** The version in `next` links of calls without one. */
export const DEFAULT_GRAPH_VERSION = 'v25.0'

/** The base URL of a host, as answers contain it. */
export function hostUrl (world: World, host: HostName): string {
  return world.options.addresses === 'instagram' ? REAL_URLS[host] : world.origin + HOST_PREFIX[host]
}
