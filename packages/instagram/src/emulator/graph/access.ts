import type { FastifyRequest } from 'fastify'
import { graphError, type GraphError } from '../errors.ts'
import type { EmulatedAccount } from '../model/accounts.ts'
import type { EmulatedApp } from '../model/apps.ts'
import { openToken, type TokenClaims } from '../model/tokens.ts'
import { findAccount } from '../model/look-up.ts'
import { grantKey, type RevocationReason, type World } from '../model/world.ts'
import { parametersOf } from './parameters.ts'

/** Who calls: a live token and what it stands for. */
export interface Access { token: string, claims: TokenClaims, app: EmulatedApp, account: EmulatedAccount }

/**
 * @throws {GraphError} 104 without a token, 190 (with its subcode) for one that is not alive, and for tokens of the
 * dead Basic Display product code 100 "Unsupported request"
 */
export function accessOf (world: World, request: FastifyRequest): Access {
  const token = tokenOf(request)
  if (token === undefined) throw graphError('104')
  if (/^IGQ[VW]/.test(token)) throw graphError('100')
  const claims = openToken(world.options.secret, token)
  const app = world.apps.find(candidate => candidate.id === claims?.appId)
  const account = claims === undefined ? undefined : findAccount(world, claims.accountId)
  if (claims === undefined || app === undefined || account === undefined) throw graphError('190')
  const problem = revocationProblem(world, claims) ?? expiryProblem(world, claims)
  if (problem !== undefined) throw problem
  return { token, claims, app, account }
}

/** From `access_token` (query or body) or from `Authorization: Bearer`. */
function tokenOf (request: FastifyRequest): string | undefined {
  const bearer = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return parametersOf(request).access_token ?? bearer
}

const REVOKED = { removed: '190/458', passwordChanged: '190/460', roleLost: '190/458' } as const satisfies Record<RevocationReason, string>

function revocationProblem (world: World, claims: TokenClaims): GraphError | undefined {
  const revocation = world.revocations.get(grantKey(claims.appId, claims.accountId))
  if (revocation === undefined || claims.issuedAtMs > revocation.atMs) return undefined
  if (revocation.reason === 'roleLost' && world.switches.lostRole === 'unsupportedRequest') return graphError('100')
  return graphError(REVOKED[revocation.reason])
}

function expiryProblem (world: World, claims: TokenClaims): GraphError | undefined {
  const now = world.clock.now()
  if (claims.expiresAtMs > now) return undefined
  return graphError('190/463', `Error validating access token: Session has expired on ${wordedTime(claims.expiresAtMs)}. The current time is ${wordedTime(now)}.`)
}

/** `Wednesday, 14-Jan-26 03:00:00 PST`, the wording of the Graph family. */
function wordedTime (epochMs: number): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/Los_Angeles', weekday: 'long', day: '2-digit', month: 'short', year: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short'
  }).formatToParts(epochMs)
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find(candidate => candidate.type === type)?.value ?? ''
  return `${part('weekday')}, ${part('day')}-${part('month')}-${part('year')} ${part('hour')}:${part('minute')}:${part('second')} ${part('timeZoneName')}`
}
