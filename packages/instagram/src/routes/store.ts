import { Type } from 'typebox'
import { FileBlob, toBlob } from '../domain/file-blob.ts'
import { ContactsheetError } from '../errors.ts'
import { pickUrl } from '../use-cases/pick.ts'
import { store } from '../use-cases/store.ts'
import { abortedWith } from './aborted.ts'
import { allow } from './allow.ts'
import type { Routes } from './index.ts'
import { rulesFor } from './permission.ts'
import { limitedByAddress } from './rate.ts'
import { KeyAndPolicy, StoreFields, UploadFields } from './schemas.ts'
import { acceptUploads, readUpload } from './upload.ts'

const Params = Type.Object({ location: Type.String({ maxLength: 100 }) })
const Query = Type.Object({ ...KeyAndPolicy, ...StoreFields, ...UploadFields })

/** New files of a page or a server: a copy of a body or of an address, or a link to an address. */
export const storeRoutes: Routes = async (scope, { services }) => {
  const { files, picking } = services
  await acceptUploads(scope)

  scope.post('/api/store/:location', {
    schema: { params: Params, querystring: Query, response: { 200: FileBlob } },
    config: { rateLimit: limitedByAddress },
    preHandler: allow(services, 'store')
  }, async (request, reply) => {
    const { app, sessionId } = request.caller
    const { path, container, access } = request.query
    const target = { app, sessionId, rules: rulesFor(app, request.permission), location: request.params.location, path, container, access, signal: abortedWith(reply) }
    const record = await store(picking, target, await readUpload(request, reply, request.query))
    return toBlob(record, files.urlOf(record))
  })

  scope.post('/api/pick', {
    schema: { querystring: Query, response: { 200: FileBlob } },
    config: { rateLimit: limitedByAddress },
    preHandler: allow(services, 'pick')
  }, async (request, reply) => {
    const { app, sessionId } = request.caller
    const upload = await readUpload(request, reply, request.query)
    if ('body' in upload) {
      upload.body.destroy()
      throw new ContactsheetError('REQUEST_INVALID', 'url is missing: the address to make a link to')
    }
    const record = await pickUrl(picking, { app, sessionId, rules: rulesFor(app, request.permission), signal: abortedWith(reply) }, upload)
    return toBlob(record, files.urlOf(record))
  })
}
