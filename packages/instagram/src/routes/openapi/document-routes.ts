import type { RouteOptions as FastifyRoute } from 'fastify'
import fp from 'fastify-plugin'
import type { ContactsheetErrorCode } from '../../errors.ts'
import { json, refusals, type Answer } from './answers.ts'
import { OPERATIONS, type Operation } from './operations.ts'

type Schema = Record<string, unknown>

/**
 * Gives every route its entry in the document of `@fastify/swagger`, when the host has registered that before us. The routes themselves
 * stay as they are: what is added here is only read when a document is made.
 */
export const documentRoutes = fp(async scope => {
  scope.addHook('onRoute', route => {
    const [method = ''] = [route.method].flat()
    const operation = OPERATIONS[`${method} ${route.routePath}`]
    if (operation === undefined) return
    const { path = '' } = operation
    const url = path === '' ? route.url : route.url.slice(0, -route.routePath.length) + path
    route.config = Object.assign(route.config ?? {}, { swaggerTransform: () => ({ schema: documented(operation, route), url }) })
  })
}, { name: 'contactsheet-openapi' })

function documented (operation: Operation, route: FastifyRoute): Schema {
  const { tag, summary, answers, codes = [], consumes, body, querystring, params } = operation
  const { rateLimit } = (route.config ?? {}) as { rateLimit?: object }
  const all: ContactsheetErrorCode[] = [...codes, ...(codes.length === 0 ? [] : ['DATABASE_UNAVAILABLE'] as const), ...(rateLimit === undefined ? [] : ['REQUEST_LIMIT_REACHED'] as const)]
  return {
    ...route.schema as Schema | undefined,
    ...(querystring === undefined ? {} : { querystring }),
    ...(params === undefined ? {} : { params }),
    ...(body === undefined ? {} : { body }),
    ...(consumes === undefined ? {} : { consumes }),
    tags: [tag],
    summary,
    response: { ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, shaped(answer, status, route)])), ...refusals({ codes: all, isPage: operation.isPage === true, hasBody: route.method === 'POST' }) }
  }
}

function shaped (answer: Answer, status: string, route: FastifyRoute): Answer {
  const { isOfRoute, ...described } = answer
  if (isOfRoute !== true) return described
  return json(String(described.description), (route.schema?.response as Record<string, object>)[status] ?? {})
}
