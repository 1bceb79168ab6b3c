import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { parse as parseRange } from 'range-parser'
import { Type } from 'typebox'
import { findAccount, findMedia } from '../model/look-up.ts'
import type { World } from '../model/world.ts'
import type { PhotoStore } from '../photos/photo-store.ts'
import { PHOTO_COUNT } from '../photos/catalogue.ts'
import { sampleVideo } from './sample-video.ts'
import { idInLink, linkProblem } from './links.ts'
import { addFaultHooks } from '../faults/hooks.ts'
import { addLogHook } from '../log/request-log.ts'

const REFUSALS = { mismatch: 'URL signature mismatch', expired: 'URL signature expired' } as const

/** `range-parser`'s code for a range that begins behind the end. */
const UNSATISFIABLE = 2

/** What the CDN serves from. */
export interface CdnOptions { world: World, photos: PhotoStore }

/** The content delivery host: no token, only the link's own signature and expiry. */
export const cdnRoutes: FastifyPluginAsyncTypebox<CdnOptions> = async (scope, { world, photos }) => {
  addLogHook(scope, world, 'cdn')
  addFaultHooks(scope, world, 'cdn')
  const Link = Type.Object({ folder: Type.String(), file: Type.String() })

  scope.get('/v/:folder/:file', { schema: { params: Link } }, async (request, reply) => {
    const problem = linkProblem(world, new URL(request.url, world.origin))
    if (problem !== undefined) return reply.code(403).type('text/plain').send(REFUSALS[problem])
    const isVideo = request.params.file.endsWith('.mp4')
    const bytes = isVideo ? sampleVideo() : await photoBytes(world, photos, idInLink(request.params.file) ?? '')
    if (bytes === undefined) return reply.code(404).type('text/plain').send('Not Found')
    reply
      .headers({ 'cache-control': 'max-age=1209600, no-transform', 'cross-origin-resource-policy': 'same-origin', 'timing-allow-origin': '*' })
      .type(isVideo ? 'video/mp4' : 'image/jpeg')
    return world.switches.cdnRanges === 'ignored' ? reply.send(bytes) : sendRange(reply.header('accept-ranges', 'bytes'), bytes, request.headers.range)
  })
}

/** One range is answered, several at once get the whole. @see RFC 9110, section 14.2 */
function sendRange (reply: FastifyReply, bytes: Buffer, asked = ''): FastifyReply {
  const { code, type, ranges } = parseRange(bytes.length, asked)
  if (code === UNSATISFIABLE) return reply.code(416).header('content-range', `bytes */${bytes.length}`).type('text/plain').send('Range Not Satisfiable')
  const [only, ...more] = ranges
  if (only === undefined || more.length > 0 || type !== 'bytes') return reply.send(bytes)
  return reply.code(206).header('content-range', `bytes ${only.start}-${only.end}/${bytes.length}`).send(bytes.subarray(only.start, only.end + 1))
}

async function photoBytes (world: World, photos: PhotoStore, id: string): Promise<Buffer | undefined> {
  const found = findMedia(world, id)
  if (found !== undefined) return found.media.bytes ?? await photos.jpeg(found.media.photo)
  const account = findAccount(world, id)
  return account === undefined ? undefined : await photos.jpeg(Number(account.id.slice(-4)) % PHOTO_COUNT)
}
