import fp from 'fastify-plugin'
import type { RouteOptions } from './index.ts'

const EVERY_MS = 60 * 60_000
/** The first time soon after the start, but not all nodes in the same second. */
const FIRST_WITHIN_MS = 60_000

/** Refreshes tokens and tidies up every hour while the server runs. */
export const upkeep = fp<RouteOptions>(async (scope, { services }) => {
  const closing = new AbortController()
  let timer: NodeJS.Timeout | undefined

  const schedule = (delayMs: number) => {
    timer = setTimeout(() => {
      services.background.run(async () => await services.keepHouse(closing.signal), error => scope.log.error({ err: error }, 'upkeep failed, it is tried again in an hour'))
      schedule(EVERY_MS)
    }, delayMs).unref()
  }

  scope.addHook('onReady', async () => schedule(Math.random() * FIRST_WITHIN_MS))
  scope.addHook('preClose', async () => {
    clearTimeout(timer)
    closing.abort()
    services.news.close()
  })
}, { name: 'contactsheet-upkeep' })
