import { Type } from 'typebox'
import type { MediaItem, MediaListItem } from '../domain/media.ts'
import { connectedAccount } from '../use-cases/connected-account.ts'
import { abortedWith } from './aborted.ts'
import type { Routes } from './index.ts'

const MediaQuery = Type.Object({
  key: Type.Optional(Type.String({ maxLength: 200 })),
  after: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_=+/-]{1,1000}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  videos: Type.Optional(Type.Boolean())
})

const fields = {
  id: Type.String(),
  kind: Type.Union([Type.Literal('image'), Type.Literal('video'), Type.Literal('carousel')]),
  filename: Type.String(),
  mimetype: Type.String(),
  caption: Type.Optional(Type.String()),
  altText: Type.Optional(Type.String()),
  permalink: Type.Optional(Type.String()),
  takenAt: Type.Optional(Type.String()),
  thumbnail: Type.Optional(Type.String())
}
const MediaListPage = Type.Object({ items: Type.Array(Type.Object({ ...fields, children: Type.Optional(Type.Array(Type.Object(fields))) })), after: Type.Optional(Type.String()) })

/** The connected account's photos. The schema is the guard: no CDN link and nothing else of Instagram's answer passes it. */
export const mediaRoutes: Routes = async (scope, { services }) => {
  const { connections, media, thumbnails } = services

  scope.get('/api/client/instagram/media', { schema: { querystring: MediaQuery, response: { 200: MediaListPage } } }, async (request, reply) => {
    const { key: _, ...page } = request.query
    const account = await connectedAccount(connections, request.caller)
    const { items, after } = await media.list(account, page, abortedWith(reply))
    reply.header('cache-control', 'no-store')
    return { items: items.map(listed), ...(after === undefined ? {} : { after }) }

    function listed ({ url, children, ...item }: MediaItem): MediaListItem {
      return {
        ...item,
        ...(url === undefined ? {} : { thumbnail: thumbnails.pathOf(account, item.id) }),
        ...(children === undefined ? {} : { children: children.map(listed) })
      }
    }
  })
}
