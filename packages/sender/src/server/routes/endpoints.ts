import { Type } from 'typebox'
import { AddedEndpoint, Empty, Endpoint, EndpointChanges, Entry, Id, NewEndpoint, Rotation, Timings, answers, maybe } from '../schemas.ts'
import type { Routes } from './routes.ts'

const tags = ['endpoints']

export const endpointRoutes: Routes = async (scope, { sender }) => {
  scope.get('/endpoints', {
    schema: { tags, summary: 'All entries, one per url and event type', response: answers({ 200: Type.Object({ entries: Type.Array(Entry) }) }) }
  }, async () => ({ entries: await sender.endpoints.list() }))

  scope.post('/endpoints', {
    schema: {
      tags,
      summary: 'Add an endpoint, or events and settings of a known one; adding the same twice changes nothing',
      body: NewEndpoint,
      response: answers({ 201: AddedEndpoint })
    }
  }, async (request, reply) => await reply.code(201).send(await sender.endpoints.add(request.body)))

  scope.get('/endpoints/:id', { schema: { tags, summary: 'One endpoint with its settings', params: Id, response: answers({ 200: Endpoint }) } },
    async request => {
      const endpoint = await sender.endpoints.get(request.params.id)
      return { ...endpoint, events: [...endpoint.events] }
    })

  scope.patch('/endpoints/:id', {
    schema: { tags, summary: 'Change settings; what is not given stays', params: Id, body: EndpointChanges, response: answers({ 204: Empty }) }
  }, async (request, reply) => {
    await sender.endpoints.update(request.params.id, request.body)
    return await reply.code(204).send(null)
  })

  scope.delete('/endpoints/:id', {
    schema: { tags, summary: 'Remove an endpoint, or one entry of it; what waits for it is cancelled', params: Id, response: answers({ 204: Empty }) }
  }, async (request, reply) => {
    await sender.endpoints.remove(request.params.id)
    return await reply.code(204).send(null)
  })

  await scope.register(endpointActions, { sender })
}

const endpointActions: Routes = async (scope, { sender }) => {
  scope.post('/endpoints/:id/enable', { schema: { tags, summary: 'Deliver again, starting with what waited', params: Id, response: answers({ 204: Empty }) } },
    async (request, reply) => {
      await sender.endpoints.enable(request.params.id)
      return await reply.code(204).send(null)
    })

  scope.post('/endpoints/:id/disable', { schema: { tags, summary: 'Deliver nothing more; what is stored waits', params: Id, response: answers({ 204: Empty }) } },
    async (request, reply) => {
      await sender.endpoints.disable(request.params.id)
      return await reply.code(204).send(null)
    })

  scope.post('/endpoints/:id/rotate', {
    schema: {
      tags,
      summary: 'Put a new secret in front; the earlier ones sign beside it until the overlap ends',
      params: Id,
      body: Rotation,
      response: answers({ 200: Type.Object({ secret: Type.String({ description: 'Hand it to the receiver: it is not shown again' }) }) })
    }
  }, async request => ({ secret: await sender.endpoints.rotate(request.params.id, request.body) }))

  scope.post('/endpoints/:id/ping', {
    schema: {
      tags,
      summary: 'Send one event of the type "ping" now and tell how it went',
      params: Id,
      response: answers({
        200: Type.Object({
          eventId: Type.String(),
          isDelivered: Type.Boolean(),
          status: maybe(Type.Integer()),
          error: maybe(Type.String()),
          timings: maybe(Timings)
        })
      })
    }
  }, async request => await sender.ping(request.params.id))

  scope.post('/endpoints/:id/recover', {
    schema: {
      tags,
      summary: 'Send what the endpoint failed to get, or was never meant to get, since a time; repeating it changes nothing',
      params: Id,
      body: Type.Object({
        sinceMs: Type.Number({ description: 'Epoch milliseconds' }),
        perSecond: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'Default 100' }))
      }, { additionalProperties: false }),
      response: answers({ 200: Type.Object({ recovered: Type.Integer() }) })
    }
  }, async request => {
    const { sinceMs, perSecond } = request.body
    return { recovered: await sender.recover({ endpoint: request.params.id, since: sinceMs, perSecond }) }
  })
}
