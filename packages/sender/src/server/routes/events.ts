import { Type } from 'typebox'
import type { SendableEvent } from '../../message.ts'
import { Empty, Id, answers } from '../schemas.ts'
import { SenderError } from '../../errors.ts'
import type { Routes } from './routes.ts'

// Unsafe: checked by the sender itself, so that no field of an event is ever coerced or dropped on the way.
const Event = Type.Unsafe<SendableEvent>({ type: 'object', additionalProperties: true, description: 'A JSON object with an "action"' })

export const eventRoutes: Routes = async (scope, { sender }) => {
  scope.post('/events', {
    schema: {
      tags: ['events'],
      summary: 'Store an event; its deliveries start at once',
      body: Type.Object({
        event: Event,
        id: Type.Optional(Type.String({ description: 'Sending the same id again changes nothing. Default: the event\'s action and id' }))
      }, { additionalProperties: false }),
      response: answers({ 202: Type.Object({ id: Type.String(), deliveries: Type.Integer({ description: 'Made by this call' }) }) })
    }
  }, async (request, reply) => {
    const { event, id } = request.body
    return await reply.code(202).send(await sender.send(event, { id }))
  })

  scope.delete('/events/:id', {
    schema: { tags: ['events'], summary: 'Forget an event with its deliveries and attempts', params: Id, response: answers({ 204: Empty }) }
  }, async (request, reply) => {
    const { id } = request.params
    if (!await sender.erase(id)) throw new SenderError('SENDER_NOT_FOUND', `no event has the id ${id}`)
    return await reply.code(204).send(null)
  })
}
