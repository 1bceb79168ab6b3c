import { Type } from 'typebox'
import { overwrite } from '../use-cases/overwrite.ts'
import { openUpload } from '../use-cases/upload.ts'
import { abortedWith } from './aborted.ts'
import { appOf, permit } from './allow.ts'
import { fileOf, loadFile } from './file-hook.ts'
import type { Routes } from './index.ts'
import { rulesFor } from './permission.ts'
import { limitedByAddress } from './rate.ts'
import { KeyAndPolicy, UploadFields } from './schemas.ts'
import { acceptUploads, readUpload } from './upload.ts'

const Params = Type.Object({ handle: Type.String() })
const Query = Type.Object({ ...KeyAndPolicy, ...UploadFields })
/** `mimetype` here, not `type`. @see https://www.filestack.com/docs/api/file/ */
const Overwritten = Type.Object({ url: Type.String(), mimetype: Type.String(), filename: Type.String(), size: Type.Optional(Type.Integer()), isWriteable: Type.Boolean() })

/** Other bytes behind a handle, sent or fetched from a public address. */
export const overwriteRoutes: Routes = async (scope, { services }) => {
  const { files, fetcher, saving } = services
  await acceptUploads(scope)
  scope.addHook('preValidation', loadFile(services))

  scope.post('/api/file/:handle', {
    schema: { params: Params, querystring: Query, response: { 200: Overwritten } },
    config: { rateLimit: limitedByAddress }
  }, async (request, reply) => {
    const upload = await readUpload(request, reply, request.query)
    const permission = permit(services, request, ['body' in upload ? 'write' : 'writeUrl'])
    const rules = rulesFor(appOf(services, request), permission)
    const signal = abortedWith(reply)
    const after = await overwrite(saving, fileOf(request), files.urlOf, { ...await openUpload(fetcher, upload, rules, signal), rules, signal })
    return { url: files.urlOf(after), mimetype: after.mimetype, filename: after.filename, ...(after.size === undefined ? {} : { size: after.size }), isWriteable: true }
  })
}
