import { Type } from 'typebox'
import { SenderError } from '../../errors.ts'
import { Problem } from '../schemas.ts'
import type { Routes } from './routes.ts'

const Status = Type.Object({ status: Type.Literal('ok') })
const open = { tags: ['status'], security: [] }

/** For load balancers: is the process alive, and does its database take what it would have to store? */
export const statusRoutes: Routes = async (scope, { sender }) => {
  scope.get('/health', { schema: { ...open, summary: 'The process is alive', response: { 200: Status } } }, async () => ({ status: 'ok' as const }))

  scope.get('/ready', {
    schema: { ...open, summary: 'The database stores', response: { 200: Status, '5xx': Problem } }
  }, async () => {
    try {
      await sender.check()
    } catch (cause) {
      throw new SenderError('SENDER_NOT_READY', 'the database does not store', { cause })
    }
    return { status: 'ok' as const }
  })
}
