import { DAY_MS } from '../clock.ts'
import type { Access } from '../graph/access.ts'
import type { EmulatedMedia, PostPlan } from '../model/media.ts'
import type { World } from '../model/world.ts'
import { postsSince, statusOf, type Container } from './container.ts'
import { publishError } from './errors.ts'

/**
 * `POST /{ig-id}/media_publish`. The new post is first in the account's list.
 *
 * A container that was published before is unknown here; what Instagram answers then is not documented.
 *
 * @throws {GraphError} 9007 before it is finished, 24 for unknown and expired ones, 9 when the quota is used up
 */
export function publishContainer (world: World, { account }: Access, containerId: string): EmulatedMedia {
  const container = world.containers.get(containerId)
  if (container === undefined || container.account !== account || container.isCarouselItem) throw publishError('containerUnknown')
  const status = statusOf(world, container)
  if (status === 'IN_PROGRESS') throw publishError('notReady')
  if (status !== 'FINISHED') throw publishError('containerUnknown')
  if (postsSince(world, account, world.clock.now() - DAY_MS) >= account.quotaTotal) throw publishError('quotaReached')
  const media = account.addPost(world.clock.now(), planOf(container), imagesOf(container), { isListed: !container.isStory })
  container.published = { media, atMs: world.clock.now() }
  return media
}

function planOf ({ caption, altText, children }: Container): PostPlan {
  return {
    photo: 0,
    ...caption !== undefined && caption !== '' && { caption },
    ...altText !== undefined && { altText },
    ...children.length > 0 && { children: children.map(child => ({ photo: 0, ...child.altText !== undefined && { altText: child.altText } })) }
  }
}

function imagesOf ({ image, children }: Container): Array<Buffer | undefined> {
  return children.length === 0 ? [image] : children.map(child => child.image)
}
