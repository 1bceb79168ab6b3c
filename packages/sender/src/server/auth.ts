import { hash, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SenderError } from '../errors.ts'

/** A hook that lets through whoever holds one of the tokens. */
export function requireToken (tokens: readonly string[]): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const digests = tokens.map(digestOf)
  return async (request, reply) => {
    const [, given] = /^Bearer +([^ ]+)$/i.exec(request.headers.authorization ?? '') ?? []
    const digest = digestOf(given ?? '')
    if (given !== undefined && digests.some(known => timingSafeEqual(known, digest))) return
    reply.header('www-authenticate', 'Bearer')
    throw new SenderError('SENDER_TOKEN_REFUSED', given === undefined ? 'give a token: Authorization: Bearer …' : 'the token is not known here')
  }
}

/** Of one length, so that comparing tells nothing about the token. */
function digestOf (token: string): Buffer {
  return hash('sha256', token, 'buffer')
}
