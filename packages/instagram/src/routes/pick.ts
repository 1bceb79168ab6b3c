import { Type } from 'typebox'
import { DialogPayload, toDialogPayload } from '../domain/file-blob.ts'
import type { Connection } from '../domain/media.ts'
import { ContactsheetError } from '../errors.ts'
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
    const account = connected(await connections.find(app.key, sessionId))
    const picker = { app, sessionId, rules: rulesFor(app, request.permission), signal: abortedWith(reply) }
    const { mediaId, store } = request.body
    const record = store === undefined
      ? await pick(picking, picker, account, mediaId)
      : await pickAndStore(picking, picker, account, mediaId, store)
    return toDialogPayload(record, files.urlOf(record))
  })
}

/** @throws {ContactsheetError} INSTAGRAM_NOT_CONNECTED, INSTAGRAM_RECONNECT_REQUIRED */
function connected (connection: Connection | undefined): Connection {
  if (connection === undefined) throw new ContactsheetError('INSTAGRAM_NOT_CONNECTED', 'connect Instagram first')
  if (connection.status === 'reconnect') throw new ContactsheetError('INSTAGRAM_RECONNECT_REQUIRED', 'connect Instagram again')
  return connection
}
