import type { SwaggerOptions } from '@fastify/swagger'

type Document = NonNullable<Extract<SwaggerOptions, { openapi?: unknown }>['openapi']>

/** What the OpenAPI document says about the API as a whole; its paths come from the routes. */
export const DOCUMENT: Document = {
  openapi: '3.1.0',
  info: {
    title: 'Contactsheet sender',
    description: 'Stores events and delivers them to webhook endpoints, signed, on an exact retry schedule. Times are epoch milliseconds.',
    version: '1'
  },
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  security: [{ token: [] }],
  tags: [
    { name: 'events', description: 'What is told' },
    { name: 'endpoints', description: 'Who is told' },
    { name: 'deliveries', description: 'One event for one endpoint, with every attempt' },
    { name: 'status', description: 'For load balancers and people on call' }
  ]
}
