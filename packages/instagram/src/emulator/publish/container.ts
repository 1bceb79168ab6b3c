import { randomInt } from 'node:crypto'
import { DAY_MS } from '../clock.ts'
import type { EmulatedAccount } from '../model/accounts.ts'
import type { EmulatedMedia } from '../model/media.ts'
import type { World } from '../model/world.ts'

/** `status_code` of a container. */
export type ContainerStatus = 'IN_PROGRESS' | 'FINISHED' | 'ERROR' | 'EXPIRED' | 'PUBLISHED'

/** What is uploaded and not yet a post. */
export interface Container {
  id: string
  account: EmulatedAccount
  createdAtMs: number
  caption: string | undefined
  altText: string | undefined
  isCarouselItem: boolean
  isStory: boolean
  /** Bytes of an image; `undefined` for a carousel. */
  image: Buffer | undefined
  children: readonly Container[]
  published: { media: EmulatedMedia, atMs: number } | undefined
  /** Subcode of a processing failure planned by a test. */
  failure: number | undefined
}

/** Registers a container that starts its life now. */
export function createContainer (world: World, account: EmulatedAccount, content: Pick<Container, 'image'> & Partial<Container>): Container {
  const container: Container = {
    id: `178${randomInt(10_000_000)}${randomInt(10_000_000)}`.padEnd(17, '0'),
    account,
    createdAtMs: world.clock.now(),
    caption: undefined,
    altText: undefined,
    isCarouselItem: false,
    isStory: false,
    children: [],
    published: undefined,
    failure: undefined,
    ...content
  }
  world.containers.set(container.id, container)
  return container
}

/** The state at the clock's present time. */
export function statusOf (world: World, container: Container): ContainerStatus {
  const ageMs = world.clock.now() - container.createdAtMs
  if (container.published !== undefined) return 'PUBLISHED'
  if (ageMs >= DAY_MS) return 'EXPIRED'
  if (ageMs < world.options.containerDelayMs) return 'IN_PROGRESS'
  return container.failure === undefined ? 'FINISHED' : 'ERROR'
}

/** The free text beside the code. */
export function statusText (world: World, container: Container): string {
  switch (statusOf(world, container)) {
    case 'IN_PROGRESS': return 'In Progress: Media is still being processed.'
    case 'FINISHED': return 'Finished: Media has been uploaded and it is ready to be published.'
    case 'ERROR': return `Error: Media upload has failed with error code ${container.failure ?? 0}`
    case 'EXPIRED': return 'Expired: The container was not published within 24 hours and has expired.'
    case 'PUBLISHED': return 'Published: Media has been published.'
  }
}

/** Posts of the last 24 hours (or since then), a carousel counting once. */
export function postsSince (world: World, account: EmulatedAccount, sinceMs: number): number {
  return [...world.containers.values()].filter(({ account: owner, published }) => owner === account && published !== undefined && published.atMs >= sinceMs).length
}

/** Containers the account made in the last 24 hours. */
export function containersOfTheDay (world: World, account: EmulatedAccount): number {
  return [...world.containers.values()].filter(({ account: owner, createdAtMs }) => owner === account && createdAtMs > world.clock.now() - DAY_MS).length
}
