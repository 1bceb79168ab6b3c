import type { World } from './model/world.ts'

/** The path under which each of Instagram's hosts lives on the emulator's one origin. */
export const HOST_PREFIX = { www: '/www', api: '/api', graph: '/graph', cdn: '/cdn' } as const
export type HostName = keyof typeof HOST_PREFIX

export const DEFAULT_GRAPH_VERSION = 'v25.0'

export function hostUrl (world: World, host: HostName): string {
  return world.origin + HOST_PREFIX[host]
}
