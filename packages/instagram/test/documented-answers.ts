import type { FastifyInstance } from 'fastify'

interface Documented { schema: { response: Record<string, { content?: Record<string, { schema?: { properties?: { code?: { enum?: string[] } } } }> }> } }

/** Every answer of every test is held against the OpenAPI document: a status or code that is not in it fails the test that got it. */
export function holdAgainstDocument (server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply, payload) => {
    const config = request.routeOptions.config as object as { swaggerTransform?: () => Documented }
    const { method } = request
    const status = reply.statusCode
    const code = codeIn(payload)
    // The host's own refusals, of its hook `authorize` for one, have no code of ours.
    if (config.swaggerTransform === undefined || (status >= 400 && code === undefined)) return
    const answer = config.swaggerTransform().schema.response[status]
    const known = answer?.content?.['application/json']?.schema?.properties?.code?.enum
    if (answer === undefined || (code !== undefined && known?.includes(code) !== true)) {
      throw new Error(`not in the document: ${method} ${request.routeOptions.url} ${status} ${code ?? ''}`)
    }
  })
}

function codeIn (payload: unknown): string | undefined {
  if (typeof payload !== 'string' || !payload.startsWith('{')) return undefined
  const { code, statusCode } = JSON.parse(payload) as { code?: string, statusCode?: number }
  return statusCode === undefined ? undefined : code
}
