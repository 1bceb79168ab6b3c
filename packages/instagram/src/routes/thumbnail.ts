import isFresh from 'fresh'
import { Type } from 'typebox'
import { parseConversion } from '../domain/conversion/parse.ts'
import { instagramContentKey, THUMBNAIL_WIDTHS_PX } from '../domain/media.ts'
import { ContactsheetError } from '../errors.ts'
import { abortedWith } from './aborted.ts'
import type { Routes } from './index.ts'

const DEFAULT_WIDTH_PX = 320
/** JPEG takes the least work, and a grid asks for dozens at once. */
const PREVIEW = { fit: 'max', format: 'jpg', quality: 80 }
/** Instagram accepts nothing larger than 8 MiB; older photos are smaller. */
const MAX_BYTES = 32 * 1024 * 1024
/** A link changes once a day; its picture never does. */
const CACHE_CONTROL = 'private, max-age=86400, immutable'

/** The token is a wildcard: routers cut named parameters off after 100 characters. */
const Params = Type.Object({ '*': Type.String({ pattern: '^[A-Za-z0-9_-]{1,800}\\.[A-Za-z0-9_-]{43}$' }) })
const Query = Type.Object({ w: Type.Optional(Type.Union(THUMBNAIL_WIDTHS_PX.map(width => Type.Literal(width)))) })

/** Previews of photos, fetched and resized here: browsers never meet Instagram's links, which die and which tell Instagram who looks. */
export const thumbnailRoutes: Routes = async (scope, { services }) => {
  const { thumbnails, media, fetcher, converter } = services

  scope.get('/api/thumbnail/*', { schema: { params: Params, querystring: Query } }, async (request, reply) => {
    const target = thumbnails.read(request.params['*'])
    if (target === undefined) throw new ContactsheetError('THUMBNAIL_EXPIRED', 'this preview link is not known here or too old; read the list again')
    const { mediaId, ...account } = target
    const signal = abortedWith(reply)
    const { url } = await media.preview(account, mediaId, signal)

    const job = { contentKey: instagramContentKey(target, mediaId), plan: parseConversion({ ...PREVIEW, w: request.query.w ?? DEFAULT_WIDTH_PX }) }
    const etag = converter.etag(job)
    reply.headers({ etag, 'cache-control': CACHE_CONTROL, 'x-content-type-options': 'nosniff' })
    if (isFresh(request.headers, { etag })) return await reply.code(304).send()
    const { bytes, mimetype } = await converter.convert({
      ...job,
      open: async signal => (await fetcher.download(url, { rule: 'instagram', maxBytes: MAX_BYTES, signal })).body,
      signal
    })
    return await reply.type(mimetype).send(bytes)
  })
}
