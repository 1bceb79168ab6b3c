import { graphError, invalidParameter } from '../errors.ts'
import type { Access } from '../graph/access.ts'
import type { GraphParameters } from '../graph/parameters.ts'
import type { World } from '../model/world.ts'
import { containersOfTheDay, createContainer, type Container } from './container.ts'
import { publishError } from './errors.ts'
import { cropLike, fetchImage } from './fetch-image.ts'

const MAX_CAPTION = 2200
const MAX_ALT_TEXT = 1000
const MAX_HASHTAGS = 30
const MAX_MENTIONS = 20
const MAX_CONTAINERS_A_DAY = 400

/** `POST /{ig-id}/media`. @throws {GraphError} whatever Instagram refuses at this step */
export async function createMediaContainer (world: World, { account }: Access, parameters: GraphParameters): Promise<Container> {
  if (containersOfTheDay(world, account) >= MAX_CONTAINERS_A_DAY) throw publishError('quotaReached')
  checkTexts(parameters)
  const texts = { caption: parameters.caption, altText: parameters.alt_text }
  switch (parameters.media_type) {
    case 'CAROUSEL': return createContainer(world, account, { ...texts, image: undefined, children: await carouselItems(world, account, parameters.children ?? '') })
    case 'VIDEO': case 'REELS': throw publishError('videoUnsupported')
    case undefined: case 'IMAGE': case 'STORIES': break
    default: throw publishError('mediaTypeUnknown')
  }
  if (parameters.image_url === undefined) throw graphError('100', '(#100) The parameter image_url is required')
  checkTags(parameters.user_tags)
  const isCarouselItem = parameters.is_carousel_item === 'true'
  return createContainer(world, account, { ...texts, image: await fetchImage(parameters.image_url), isCarouselItem, isStory: parameters.media_type === 'STORIES' })
}

function checkTexts ({ caption = '', alt_text: altText = '' }: GraphParameters): void {
  if ([...caption].length > MAX_CAPTION) throw publishError('captionTooLong')
  if (countOf(caption, /#[\p{L}\p{N}_]+/gu) > MAX_HASHTAGS || countOf(caption, /@[\w.]+/g) > MAX_MENTIONS) throw publishError('tooManyTags')
  if ([...altText].length > MAX_ALT_TEXT) throw invalidParameter(`Param alt_text must be at most ${MAX_ALT_TEXT} characters long`)
}

function countOf (text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

/** Images want both coordinates of every tag, each from 0 to 1. */
function checkTags (text: string | undefined): void {
  if (text === undefined) return
  const tags = parseList(text)
  if (tags.length > MAX_MENTIONS) throw publishError('tooManyTags')
  for (const tag of tags) {
    const { username, x, y } = Object(tag) as { username?: unknown, x?: unknown, y?: unknown }
    if (typeof username !== 'string' || !isShare(x) || !isShare(y)) throw publishError('tagInvalid')
  }
}

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1

function parseList (text: string): unknown[] {
  try {
    return [JSON.parse(text)].flat()
  } catch {
    throw publishError('tagInvalid')
  }
}

async function carouselItems (world: World, account: Access['account'], children: string): Promise<Container[]> {
  const ids = children.match(/\d+/g) ?? []
  if (ids.length < 2 || ids.length > 10) throw publishError('carouselSize')
  const items = ids.map(id => world.containers.get(id))
  const known = items.filter(item => item !== undefined && item.account === account) as Container[]
  if (known.length < items.length) throw publishError('containerUnknown')
  if (known.some(item => !item.isCarouselItem)) throw invalidParameter('Every child of a carousel must be created with is_carousel_item=true')
  const [first] = known
  for (const item of known) {
    if (item.image !== undefined && first?.image !== undefined) item.image = await cropLike(item.image, first.image)
  }
  return known
}
