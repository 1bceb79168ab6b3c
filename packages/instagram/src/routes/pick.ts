import { Type } from 'typebox'
import { DialogPayload, toDialogPayload } from '../domain/file-blob.ts'
import { connectedAccount } from '../use-cases/connected-account.ts'
import { pick, pickAndStore } from '../use-cases/pick.ts'
import { abortedWith } from './aborted.ts'
import { permit } from './allow.ts'
import type { Routes } from './index.ts'
import { rulesFor } from './permission.ts'
import { limitedByAddress } from './rate.ts'
import { KeyAndPolicy, StoreFields } from './schemas.ts'

const PickBody = Type.Object({
  ...KeyAndPolicy,
  mediaId: Type.String({ maxLength: 64 }),
  store: Type.Optional(Type.Object({ location: Type.Optional(Type.String({ maxLength: 100 })), ...StoreFields }))
})

/** The dialog's choice of one photo: a link to it, or a copy. */
export const pickRoutes: Routes = async (scope, { services }) => {
  const { files, picking, connections } = services

  scope.post('/api/client/instagram/pick', {
    schema: { body: PickBody, response: { 200: DialogPayload } },
    config: { rateLimit: limitedByAddress },
    preHandler: async request => { request.permission = permit(services, request, request.body.store === undefined ? ['pick'] : ['pick', 'store']) }
  }, async (request, reply) => {
    const { app, sessionId } = request.caller
    const account = await connectedAccount(connections, request.caller)
    const picker = { app, sessionId, rules: rulesFor(app, request.permission), signal: abortedWith(reply) }
    const { mediaId, store } = request.body
    const record = store === undefined
      ? await pick(picking, picker, account, mediaId)
      : await pickAndStore(picking, picker, account, mediaId, store)
    return toDialogPayload(record, files.urlOf(record))
  })
}
