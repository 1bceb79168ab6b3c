import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Asset } from '../dialog/assets.ts'

/** Answers with a built file, compressed when the browser takes gzip; any page may load it. */
export function sendAsset (request: FastifyRequest, reply: FastifyReply, asset: Asset, cacheControl: string): FastifyReply {
  const takesGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  reply.headers({
    'content-type': asset.mimetype,
    'cache-control': cacheControl,
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding'
  })
  if (takesGzip) reply.header('content-encoding', 'gzip')
  return reply.send(takesGzip ? asset.gzipped : asset.bytes)
}
