import type { OAuth2Namespace } from '@fastify/oauth2'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { instagramUnavailable } from '../graph/explain.ts'
import { unwrapped } from '../graph/schemas.ts'
import { CALLBACK_PATH } from '../option-checks.ts'
import type { App, ResolvedOptions } from '../options.ts'
import { SIGN_IN_LIFE_MS, type SignIns } from '../stores/sign-ins.ts'
import { explainExchange } from './explain-exchange.ts'
import { hashOf } from './hash.ts'

/** The only permission that picking needs. */
const SCOPE = ['instagram_business_basic']
const EXCHANGE_TIMEOUT_MS = 10_000

declare module 'fastify' {
  interface FastifyRequest { signInState: string }
}

export interface ShortToken {
  token: string
  /** What the person granted; absent when Instagram did not say. */
  permissions: readonly string[] | undefined
}

export interface OAuth {
  /** Instagram's page for this app and state. */
  authorizeUrl (app: App, request: FastifyRequest, reply: FastifyReply, state: string): Promise<string>
  /**
   * Uses up the state and changes the code of this callback for a token of one hour.
   *
   * @throws {ContactsheetError} SIGN_IN_USED, INSTAGRAM_SIGN_IN_REFUSED, INSTAGRAM_UNAVAILABLE
   */
  exchangeCode (app: App, request: FastifyRequest): Promise<ShortToken>
}

/** One registration of `@fastify/oauth2` per app. The state functions are ours: kept here, used once. */
export function registerOAuth (scope: FastifyInstance, options: ResolvedOptions, signIns: SignIns): OAuth {
  scope.decorateRequest('signInState', '')
  let opened: ReturnType<typeof openFlows> | undefined
  const flowOf = async (app: App) => (await (opened ??= openFlows(options, signIns))).get(app.key) as OAuth2Namespace

  return {
    async authorizeUrl (app, request, reply, state) {
      request.signInState = state
      return await (await flowOf(app)).generateAuthorizationUri(request, reply)
    },
    async exchangeCode (app, request) {
      const flow = await flowOf(app)
      try {
        const { token } = await flow.getAccessTokenFromAuthorizationCodeFlow(request)
        return readShortToken(token)
      } catch (error) {
        throw explainExchange(error)
      }
    }
  }
}

/**
 * Loaded with the first sign-in, because the client behind `@fastify/oauth2` takes a sixth of a start. A server that has started takes no
 * more plugins, so they are registered with one that never listens; requests and replies are those of our routes.
 */
async function openFlows (options: ResolvedOptions, signIns: SignIns): Promise<ReadonlyMap<string, OAuth2Namespace>> {
  const [{ default: oauth2 }, { default: fastify }] = await Promise.all([import('@fastify/oauth2'), import('fastify')])
  const registry = fastify()
  const flows = new Map<string, OAuth2Namespace>()
  for (const [index, app] of [...options.apps.values()].entries()) {
    const name = `oauth2Contactsheet${index}` as const
    await registry.register(oauth2, {
      name,
      scope: SCOPE,
      credentials: credentialsOf(app, options),
      callbackUri: options.redirectUri,
      redirectStateCookieName: 'contactsheet-oauth2-state',
      cookie: { path: (options.prefix === '/' ? '' : options.prefix) + CALLBACK_PATH, secure: options.publicUrl.startsWith('https:'), maxAge: SIGN_IN_LIFE_MS / 1000 },
      generateStateFunction: request => request.signInState,
      checkStateFunction: async request => await claimed(signIns, request)
    })
    flows.set(app.key, registry[name] as OAuth2Namespace)
  }
  return flows
}

async function claimed (signIns: SignIns, request: FastifyRequest): Promise<boolean> {
  const { state } = request.query as { state: string }
  await signIns.claim(hashOf(state))
  return true
}

function credentialsOf (app: App, { instagram }: ResolvedOptions) {
  const authorize = new URL(instagram.authorizeUrl)
  const api = new URL(instagram.apiBaseUrl)
  return {
    client: { id: app.instagramAppId, secret: app.instagramAppSecret },
    auth: {
      authorizeHost: authorize.origin,
      authorizePath: authorize.pathname,
      tokenHost: api.origin,
      tokenPath: `${api.pathname.replace(/\/$/, '')}/oauth/access_token`
    },
    options: { authorizationMethod: 'body' },
    http: { json: 'force', timeout: EXCHANGE_TIMEOUT_MS, maxBytes: 64 * 1024 }
  } as const
}

/**
 * Reads what documentation and life show: flat or wrapped into `data`; permissions as list, text or absent. The answer's `user_id` is a
 * JSON number that ordinary parsers corrupt; it is not read at all, `/me` tells the ids as text.
 */
export function readShortToken (body: unknown): ShortToken {
  const { access_token: token, permissions } = (unwrapped(body) ?? {}) as { access_token?: unknown, permissions?: unknown }
  if (typeof token !== 'string' || token === '') throw instagramUnavailable()
  return { token, permissions: permissionList(permissions) }
}

function permissionList (value: unknown): string[] | undefined {
  if (Array.isArray(value)) return value.filter(item => typeof item === 'string')
  return typeof value === 'string' ? value.split(/[\s,]+/).filter(item => item !== '') : undefined
}
