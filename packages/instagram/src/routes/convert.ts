import formbody from '@fastify/formbody'
import type { FastifyReply, FastifyRequest } from 'fastify'
import isFresh from 'fresh'
import { Type } from 'typebox'
import { formatFor } from '../domain/conversion/accept.ts'
import { parseConversion } from '../domain/conversion/parse.ts'
import { withFormat, type ConversionPlan } from '../domain/conversion/plan.ts'
import { FileBlob, toBlob } from '../domain/file-blob.ts'
import type { FileRecord } from '../domain/file.ts'
import { faultOfCall } from '../domain/policy.ts'
import { ContactsheetError, refuse } from '../errors.ts'
import { convertAndStore } from '../use-cases/convert-and-store.ts'
import { convert, jobFor, type ConvertRequest } from '../use-cases/convert.ts'
import { abortedWith } from './aborted.ts'
import { allow } from './allow.ts'
import { conversionHeaders, readDelivery } from './conversion-headers.ts'
import { readStoreTarget } from './conversion-store.ts'
import { fileOf, loadFile } from './file-hook.ts'
import type { Routes } from './index.ts'
import { createKnownAnswers, type KnownAnswer } from './known-answers.ts'
import { rulesFor } from './permission.ts'

const Params = Type.Object({ handle: Type.String() })
/** Open on purpose: the conversion itself names every parameter that it does not know. */
const AnyParameters = Type.Record(Type.String(), Type.Unknown())

/** A conversion's bytes, or a new stored file of them. */
export const convertRoutes: Routes = async (scope, { services }) => {
  const { files, options, converter } = services
  if (!scope.hasContentTypeParser('application/x-www-form-urlencoded')) await scope.register(formbody)
  scope.addHook('preValidation', loadFile({ store: { find: services.store.findRecent } }))
  const answers = createKnownAnswers()

  scope.get('/api/file/:handle/convert', {
    schema: { params: Params, querystring: AnyParameters },
    // Its schema lets any query pass as it came, so that this may come first: a round of hooks less.
    preValidation: allow(services, 'convert')
  }, (request, reply) => {
    const source = fileOf(request)
    const known = answers.get(request.url, source, files.contentKey(source))
    if (known === undefined) return answer(request, reply, source)
    const isUnchanged = isFresh(request.headers, { etag: known.etag })
    const result = isUnchanged ? undefined : converter.known(known.etag)
    if (isUnchanged) reply.headers(known.unchanged).code(304).send()
    else if (result === undefined) return joined(reply, known) ?? answer(request, reply, source)
    else reply.headers(known.wholeOf(result.mimetype)).send(result.bytes)
  })

  /** Waits for what is being made for somebody else: of a hundred who ask at once, ninety-nine cost what a known answer costs. */
  function joined (reply: FastifyReply, { etag, wholeOf }: KnownAnswer): Promise<void> | undefined {
    return converter.join(etag, () => abortedWith(reply))?.then(({ bytes, mimetype }) => { reply.headers(wholeOf(mimetype)).send(bytes) })
  }

  /** Reads the query, and has done what is not there yet. */
  async function answer (request: FastifyRequest, reply: FastifyReply, source: FileRecord): Promise<FastifyReply> {
    const parameters = request.query as Record<string, unknown>
    const given = parseConversion(parameters)
    const delivery = readDelivery(parameters)
    const plan = decided(given, request)
    const wanted = requestOf(request, source, plan, parameters)
    const job = await jobFor(services, wanted)
    const etag = converter.etag(job)
    const isNegotiated = given !== plan
    const unchanged = conversionHeaders({ etag, source, delivery, isNegotiated, isPrivate: options.security.required })
    if (isFresh(request.headers, { etag })) return await reply.headers(unchanged).code(304).send()
    const wholeOf = once((mimetype: string) => ({ ...unchanged, ...delivery.describe(source, mimetype) }))
    // Another caller may see another format under the same address, or may not see the picture that is laid over.
    if (!isNegotiated && job.overlay === undefined) answers.set(request.url, { source, contentKey: job.contentKey, etag, unchanged, wholeOf })
    const { bytes, mimetype } = converter.known(etag) ?? await convert(services, wanted, { ...job, signal: abortedWith(reply) })
    return await reply.headers(wholeOf(mimetype)).send(bytes)
  }

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

/** Equal tags, equal kinds: what the first result is described with holds for all. */
function once<Given, Made> (make: (given: Given) => Made): (given: Given) => Made {
  let made: Made | undefined
  return given => {
    made ??= make(given)
    return made
  }
}
