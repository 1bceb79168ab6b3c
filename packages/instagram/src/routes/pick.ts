import { Type } from 'typebox'
import { DialogPayload, toDialogPayload } from '../domain/file-blob.ts'
import type { FileRules } from '../domain/file-rules.ts'
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
  minSize: Type.Optional(Type.Number({ minimum: 0, description: 'Bytes' })),
  maxSize: Type.Optional(Type.Number({ minimum: 0, description: 'Bytes' })),
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
    const { mediaId, store, minSize, maxSize } = request.body
    const rules = narrowed(rulesFor(app, request.permission), minSize, maxSize)
    const picker = { app, sessionId, rules, signal: abortedWith(reply) }
    const record = store === undefined
      ? await pick(picking, picker, account, mediaId)
      : await pickAndStore(picking, picker, account, mediaId, store)
    return toDialogPayload(record, files.urlOf(record))
  })
}

/** The limits of the page that picks, within those of the app and the policy. */
function narrowed (rules: FileRules, minSize = 0, maxSize = Infinity): FileRules {
  return { ...rules, minBytes: Math.max(rules.minBytes ?? 0, minSize), maxBytes: Math.min(rules.maxBytes, maxSize) }
}
