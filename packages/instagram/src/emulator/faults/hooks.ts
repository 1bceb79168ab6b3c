import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { FlatError, graphError, GraphError } from '../errors.ts'
import { HOST_PREFIX, type HostName } from '../hosts.ts'
import { logCall } from '../log/request-log.ts'
import type { World } from '../model/world.ts'
import type { FaultPlan, Mishap } from './faults.ts'

declare module 'fastify' {
  interface FastifyRequest { fault: FaultPlan | null }
}

const SORRY = '<!doctype html><html><head><title>Error</title></head><body><h1>Sorry, this content isn’t available right now</h1></body></html>'
const THROTTLE_CODES = new Set([4, 17, 613, 80002])

/** Makes calls to one host suffer what was planned for it. Register on the scope of that host, before its routes. */
export function addFaultHooks (scope: FastifyInstance, world: World, host: HostName): void {
  scope.addHook('onRequest', async (request, reply) => {
    request.fault = world.faults.take({ host, path: pathOf(request, host), method: request.method }) ?? null
    const fault = request.fault
    if (fault === null) return
    if (fault.delayMs !== undefined && fault.mishap !== 'slow') await sleep(fault.delayMs)
    if (fault.answer !== undefined) return answerRaw(reply, fault.answer.status ?? 200, fault.answer.contentType ?? 'application/json', fault.answer.body)
    if (fault.code !== undefined) throw refusal(world, host, fault)
    if (fault.mishap === 'reset' || fault.mishap === 'silent') {
      logCall(world, host, request, 0)
      return leaveUnanswered(reply, fault.mishap)
    }
    return answerInstead(reply, fault.mishap)
  })
  scope.addHook('onSend', async (request, reply, payload) => spoil(reply, request.fault, payload))
}

function pathOf (request: FastifyRequest, host: HostName): string {
  const path = request.url.split('?')[0] ?? ''
  return path.slice(HOST_PREFIX[host].length).replace(/^\/v\d+\.\d+/, '')
}

function refusal (world: World, host: HostName, { code = '1', status }: FaultPlan): Error {
  const { detail } = graphError(code)
  if (host === 'www' || host === 'api') return new FlatError(detail.message, status ?? 400)
  return new GraphError(detail, status ?? (THROTTLE_CODES.has(detail.code) ? world.switches.throttleStatus : 400))
}

async function answerInstead (reply: FastifyReply, mishap: Mishap | undefined): Promise<FastifyReply | undefined> {
  switch (mishap) {
    case 'html': return await answerRaw(reply, 200, 'text/html; charset=utf-8', SORRY)
    case 'http500': return await answerRaw(reply, 500, 'text/html; charset=utf-8', SORRY)
    case 'notFound': return await answerRaw(reply, 404, 'text/plain', 'Not Found')
    default: return undefined
  }
}

function leaveUnanswered (reply: FastifyReply, mishap: 'reset' | 'silent'): FastifyReply {
  reply.hijack()
  if (mishap === 'reset') reply.raw.socket?.resetAndDestroy()
  return reply
}

async function answerRaw (reply: FastifyReply, status: number, contentType: string, body: string): Promise<FastifyReply> {
  return await reply.code(status).type(contentType).send(body)
}

/** Spoils a good answer on its way out. */
function spoil (reply: FastifyReply, fault: FaultPlan | null, payload: unknown): unknown {
  if (fault?.mishap === undefined || !(typeof payload === 'string' || Buffer.isBuffer(payload))) return payload
  const bytes = Buffer.from(payload)
  switch (fault.mishap) {
    case 'wrongType':
      reply.type('application/octet-stream')
      return payload
    case 'cutShort': {
      const half = bytes.subarray(0, bytes.length >> 1)
      reply.header('content-length', half.length)
      return half
    }
    case 'truncated': return announce(reply, bytes.length, breakingAfter(bytes.subarray(0, bytes.length >> 1)))
    case 'wrongLength': return announce(reply, bytes.length + 4096, breakingAfter(bytes))
    case 'slow': return announce(reply, bytes.length, dripping(bytes, fault.delayMs ?? 1000))
    default: return payload
  }
}

function announce (reply: FastifyReply, length: number, body: Readable): Readable {
  reply.header('content-length', length)
  return body
}

function breakingAfter (bytes: Buffer): Readable {
  return Readable.from((async function * () {
    yield bytes
    await sleep(20)
    throw new Error('broken on purpose')
  })(), { objectMode: false })
}

function dripping (bytes: Buffer, overMs: number): Readable {
  const size = Math.max(1, Math.ceil(bytes.length / 10))
  return Readable.from((async function * () {
    for (let offset = 0; offset < bytes.length; offset += size) {
      yield bytes.subarray(offset, offset + size)
      await sleep(overMs / 10)
    }
  })(), { objectMode: false })
}
