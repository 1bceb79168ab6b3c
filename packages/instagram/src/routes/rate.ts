import rateLimit from '@fastify/rate-limit'
import fp from 'fastify-plugin'
import { ContactsheetError } from '../errors.ts'
import type { RouteOptions } from './index.ts'

/** Route config `rateLimit` of every route on which a stranger can make this server work: the option `rateLimit` for each address, counted by route. */
export const limitedByAddress = {}

/** Counts calls per address, where a route asks for it. */
export const rateLimits = fp<RouteOptions>(async (scope, { services: { options } }) => {
  // A host that counts by itself goes on doing so, with its own numbers.
  if (scope.hasDecorator('rateLimit')) return
  await scope.register(rateLimit, {
    global: false,
    max: options.rateLimit.max,
    timeWindow: options.rateLimit.windowMs,
    errorResponseBuilder: (_request, { max, ttl }) => new ContactsheetError('REQUEST_LIMIT_REACHED', `more than ${max} calls; try again later`, { retryAfterSeconds: ttl / 1000 })
  })
})
