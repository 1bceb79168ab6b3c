import formbody from '@fastify/formbody'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { readSignedRequest } from '../auth/signed-request.ts'
import { ContactsheetError } from '../errors.ts'
import { erase, requestErasure } from '../use-cases/erase-account.ts'
import type { Routes } from './index.ts'
import { sendPersonPage } from './person-page.ts'

const FORM = 'application/x-www-form-urlencoded'
const BODY_LIMIT_BYTES = 16 * 1024

const SignedBody = Type.Object({ signed_request: Type.String({ minLength: 1, maxLength: 8000 }) })
const Confirmation = Type.Object({ url: Type.String(), confirmation_code: Type.String() })
const CodeParams = Type.Object({ code: Type.String({ pattern: '^[0-9a-f]{24}$' }) })

/** What Meta calls when a person removes the app or asks for the deletion of their data. Signed by the app's secret; no cookie comes along. */
export const metaCallbackRoutes: Routes = async (scope, { services }) => {
  const { options, deletions } = services
  const path = `${options.prefix === '/' ? '' : options.prefix}/api/client/instagram/dataDeletion`
  if (scope.hasContentTypeParser(FORM)) scope.removeContentTypeParser(FORM)
  await scope.register(formbody)

  scope.post('/api/client/instagram/deauthorize', { bodyLimit: BODY_LIMIT_BYTES, schema: { body: SignedBody, response: { 200: Confirmation } } },
    async request => await eraseFor(request, request.body.signed_request))

  scope.post('/api/client/instagram/dataDeletion', { bodyLimit: BODY_LIMIT_BYTES, schema: { body: SignedBody, response: { 200: Confirmation } } },
    async request => await eraseFor(request, request.body.signed_request))

  scope.get('/api/client/instagram/dataDeletion/:code', { schema: { params: CodeParams } }, async (request, reply) => {
    const deletion = await deletions.find(request.params.code)
    return await sendPersonPage(request, reply, deletion === undefined ? 404 : 200, ({ deletion: says }, { day }) => {
      if (deletion === undefined) return { ...says.unknown, mark: 'alert' }
      const { requestedAtMs, completedAtMs } = deletion
      return completedAtMs === undefined ? { ...says.underWay(day(requestedAtMs)), mark: 'wait' } : { ...says.done(day(requestedAtMs), day(completedAtMs)), mark: 'done' }
    })
  })

  /** Answers as soon as the request is noted: erasing many files may take longer than Meta waits, and survives a restart. */
  async function eraseFor (request: FastifyRequest, signedRequest: string) {
    const apps = [...options.apps.values()].filter(app => readSignedRequest(signedRequest, secretsOf(app)) !== undefined)
    const [first] = apps
    const about = first === undefined ? undefined : readSignedRequest(signedRequest, secretsOf(first))
    if (about === undefined) throw new ContactsheetError('SIGNED_REQUEST_INVALID', 'signed_request must be signed with the secret of an app that is configured here')
    const code = await requestErasure(services, apps.map(app => app.key), about.accountId)
    services.background.run(async () => await erase(services, code), (error: unknown) => request.log.error({ err: error, code }, 'erasing an account failed, it is tried again'))
    return { url: `${options.publicUrl}${path}/${code}`, confirmation_code: code }
  }
}

function secretsOf ({ instagramAppSecret, metaAppSecret }: { instagramAppSecret: string, metaAppSecret: string | undefined }): string[] {
  return metaAppSecret === undefined ? [instagramAppSecret] : [instagramAppSecret, metaAppSecret]
}
