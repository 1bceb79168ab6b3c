import { Type } from 'typebox'
import { FileBlob, toBlob } from '../domain/file-blob.ts'
import { ContactsheetError } from '../errors.ts'
import { pickUrl } from '../use-cases/pick.ts'
import { storeBody, storeUrl } from '../use-cases/store.ts'
import { abortedWith } from './aborted.ts'
import { allow } from './allow.ts'
import type { Routes } from './index.ts'
import { rulesFor } from './permission.ts'
import { KeyAndPolicy, StoreFields } from './schemas.ts'
import { acceptUploads, readUpload, type Upload } from './upload.ts'

const StoreQuery = Type.Object({
  ...KeyAndPolicy,
  ...StoreFields,
  url: Type.Optional(Type.String({ maxLength: 4096 })),
  filename: Type.Optional(Type.String({ maxLength: 1000 })),
  mimetype: Type.Optional(Type.String({ maxLength: 200 })),
  base64decode: Type.Optional(Type.Boolean())
})

/** New files of a page or a server: a copy of a body or of an address, or a link to an address. */
export const storeRoutes: Routes = async (scope, { services }) => {
  const { files, picking } = services
  await acceptUploads(scope)

  scope.post('/api/store/:location', {
    schema: { params: Type.Object({ location: Type.String({ maxLength: 100 }) }), querystring: StoreQuery, response: { 200: FileBlob } },
    preHandler: allow(services, 'store')
  }, async (request, reply) => {
    const { app, sessionId } = request.caller
    const { path, container, access } = request.query
    const target = { app, sessionId, rules: rulesFor(app, request.permission), location: request.params.location, path, container, access, signal: abortedWith(reply) }
    const upload = await readUpload(request, request.query)
    const record = 'url' in upload ? await storeUrl(picking, target, upload) : await storeBody(picking, target, upload)
    return toBlob(record, files.urlOf(record))
  })

  scope.post('/api/pick', {
    schema: { querystring: StoreQuery, response: { 200: FileBlob } },
    preHandler: allow(services, 'pick')
  }, async (request, reply) => {
    const { app, sessionId } = request.caller
    const { url, filename } = urlOnly(await readUpload(request, request.query))
    const record = await pickUrl(picking, { app, sessionId, rules: rulesFor(app, request.permission), signal: abortedWith(reply) }, url, filename)
    return toBlob(record, files.urlOf(record))
  })
}

function urlOnly (upload: Upload): { url: string, filename: string } {
  if ('url' in upload) return upload
  upload.body.resume()
  throw new ContactsheetError('REQUEST_INVALID', 'url is missing: the address to make a link to')
}
