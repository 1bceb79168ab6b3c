import type { FastifyRequest } from 'fastify'

/** Parameters by name, each as text. */
export type GraphParameters = Readonly<Record<string, string>>

/** A Graph call's parameters, wherever they came: query, form fields or JSON. Lists arrive as JSON text or repeated fields. */
export function parametersOf (request: FastifyRequest): GraphParameters {
  const body = isRecord(request.body) ? request.body : {}
  const query = isRecord(request.query) ? request.query : {}
  return Object.fromEntries(Object.entries({ ...query, ...body }).map(([name, value]) => [name, asText(value)]))
}

function asText (value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? ''
}

function isRecord (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
