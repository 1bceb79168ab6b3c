import { Type } from 'typebox'
import { SenderError } from '../../errors.ts'
import { Delivery, DeliveryWithAttempts, Id, State, answers, maybe } from '../schemas.ts'
import type { Routes } from './routes.ts'

const tags = ['deliveries']
const LIST_LIMIT = 100

const Filter = Type.Object({
  state: Type.Optional(State),
  endpointId: Type.Optional(Type.String()),
  eventId: Type.Optional(Type.String()),
  sinceMs: Type.Optional(Type.Number({ description: 'Stored at or after; epoch milliseconds' })),
  after: Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$', description: 'The last id of the page before' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: LIST_LIMIT }))
}, { additionalProperties: false })

const Counts = Type.Object({
  pending: Type.Integer(), inFlight: Type.Integer(), delivered: Type.Integer(), exhausted: Type.Integer(), cancelled: Type.Integer()
})

export const deliveryRoutes: Routes = async (scope, { sender }) => {
  scope.get('/deliveries', {
    schema: {
      tags,
      summary: 'Newest first, page by page',
      querystring: Filter,
      response: answers({ 200: Type.Object({ deliveries: Type.Array(Delivery), next: maybe(Type.String({ description: '"after" of the next page' })) }) })
    }
  }, async request => {
    const { limit = LIST_LIMIT, ...filter } = request.query
    const deliveries = await sender.deliveries.list({ limit, ...filter })
    return { deliveries, next: deliveries.length === limit ? deliveries.at(-1)?.id : undefined }
  })

  scope.get('/deliveries/counts', { schema: { tags, summary: 'How many are in each state; reads them all', response: answers({ 200: Counts }) } },
    async () => await sender.deliveries.counts())

  scope.get('/deliveries/:id', { schema: { tags, summary: 'One delivery with every attempt', params: Id, response: answers({ 200: DeliveryWithAttempts }) } },
    async request => {
      const { id } = request.params
      const delivery = await sender.deliveries.get(id)
      if (!delivery) throw new SenderError('SENDER_NOT_FOUND', `no delivery has the id ${id}`)
      const attempts = delivery.attempts.map(({ responseBody, ...attempt }) => (
        { ...attempt, responseBody: responseBody && Buffer.from(responseBody).toString('utf8') }))
      return { ...delivery, attempts }
    })

  scope.post('/deliveries/:id/resend', {
    schema: { tags, summary: 'Send the event again: a new series with the whole schedule', params: Id, response: answers({ 201: Type.Object({ id: Type.String() }) }) }
  }, async (request, reply) => await reply.code(201).send({ id: await sender.resend(request.params.id) }))
}
