import formbody from '@fastify/formbody'
import type { FastifyRequest } from 'fastify'
import isFresh from 'fresh'
import { Type } from 'typebox'
import { formatFor } from '../domain/conversion/accept.ts'
import { parseConversion } from '../domain/conversion/parse.ts'
import { withFormat, type ConversionPlan } from '../domain/conversion/plan.ts'
import { FileBlob, toBlob } from '../domain/file-blob.ts'
import type { FileRecord } from '../domain/file.ts'
import { faultOfCall } from '../domain/policy.ts'
import { ContactsheetError, refuse } from '../errors.ts'
import { convert, convertAndStore, jobFor, type ConvertRequest } from '../use-cases/convert.ts'
import { abortedWith } from './aborted.ts'
import { allow } from './allow.ts'
import { conversionHeaders } from './conversion-headers.ts'
import { createConversionReader } from './conversion-request.ts'
import { readStoreTarget } from './conversion-store.ts'
import { fileOf, loadFile } from './file-hook.ts'
import type { Routes } from './index.ts'
import { rulesFor } from './permission.ts'

const Params = Type.Object({ handle: Type.String() })
/** Open on purpose: the conversion itself names every parameter that it does not know. */
const AnyParameters = Type.Record(Type.String(), Type.Unknown())

/** A conversion's bytes, or a new stored file of them. */
export const convertRoutes: Routes = async (scope, { services }) => {
  const { files, options } = services
  if (!scope.hasContentTypeParser('application/x-www-form-urlencoded')) await scope.register(formbody)
  scope.addHook('preValidation', loadFile({ store: { find: services.store.findRecent } }))
  const readRequest = createConversionReader()

  scope.get('/api/file/:handle/convert', {
    schema: { params: Params, querystring: AnyParameters },
    preHandler: allow(services, 'convert')
  }, async (request, reply) => {
    const source = fileOf(request)
    const { plan: given, delivery, parameters } = readRequest(request.url.slice(request.url.indexOf('?') + 1), request.query as Record<string, unknown>)
    const plan = decided(given, request)
    const wanted = requestOf(request, source, plan, parameters)
    const job = await jobFor(services, wanted)
    const etag = services.converter.etag(job)
    const headers = conversionHeaders({ etag, source, delivery, isNegotiated: given !== plan, isPrivate: options.security.required })
    if (isFresh(request.headers, { etag })) return await reply.headers(headers).code(304).send()
    const { bytes, mimetype } = services.converter.known(job) ?? await convert(services, wanted, { ...job, signal: abortedWith(reply) })
    return await reply.headers({ ...headers, ...delivery.describe(source, mimetype) }).send(bytes)
  })

  scope.post('/api/file/:handle/convert', {
    schema: { params: Params, querystring: AnyParameters, body: Type.Union([AnyParameters, Type.Null()]), response: { 200: FileBlob } },
    preHandler: allow(services, 'convert')
  }, async (request, reply) => {
    const source = fileOf(request)
    const { target, parameters } = readStoreTarget(request.query as Record<string, unknown>, (request.body ?? {}) as Record<string, unknown>)
    const plan = decided(parseConversion(parameters), request)
    if (plan.output.imagesize === true) throw new ContactsheetError('CONVERSION_INVALID', 'imagesize must be asked for with GET: it is no picture to store')
    const wanted = { ...requestOf(request, source, plan, parameters), signal: abortedWith(reply) }
    const record = await convertAndStore(services, { ...wanted, ...target, sessionId: request.caller.sessionId, rules: rulesFor(wanted.app, request.permission) })
    return toBlob(record, files.urlOf(record))
  })

  function requestOf (request: FastifyRequest, source: FileRecord, plan: ConversionPlan, parameters: Record<string, unknown>): ConvertRequest {
    const app = options.apps.get(source.appKey)
    if (app === undefined) throw new ContactsheetError('APP_UNKNOWN', 'the app that made this file is no longer there')
    const policy = request.permission?.policy
    return {
      source,
      app,
      plan,
      parameters,
      checkOverlay: handle => { if (policy !== undefined) refuse(faultOfCall(policy, 'convert', handle)) }
    }
  }
}

/** `format=auto` is decided by what the browser says it can show. */
function decided (plan: ConversionPlan, { headers }: FastifyRequest): ConversionPlan {
  return plan.output.format === 'auto' ? withFormat(plan, formatFor(headers.accept)) : plan
}
