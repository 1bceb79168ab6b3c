import { Type, type Static } from 'typebox'
import { FlatError } from '../errors.ts'
import { acceptsRedirect, type EmulatedApp } from '../model/apps.ts'
import type { World } from '../model/world.ts'
import { parseScopes } from '../scopes.ts'

/** What the authorize page is called with. Other parameters (PKCE's, for example) are ignored. */
export const AuthorizeQuery = Type.Object({
  client_id: Type.Optional(Type.String()),
  redirect_uri: Type.Optional(Type.String()),
  response_type: Type.Optional(Type.String()),
  scope: Type.Optional(Type.String()),
  state: Type.Optional(Type.String()),
  enable_fb_login: Type.Optional(Type.String()),
  force_authentication: Type.Optional(Type.String()),
  force_reauth: Type.Optional(Type.String()),
  /** The emulator's own: the account that answers at once. */
  emulator_account: Type.Optional(Type.String()),
  /** The emulator's own: `deny` cancels at once, `ask` shows the page. */
  emulator_answer: Type.Optional(Type.Union([Type.Literal('allow'), Type.Literal('deny'), Type.Literal('ask')]))
})
/** The parsed query. */
export type AuthorizeQuery = Static<typeof AuthorizeQuery>

/** A request that may be shown to a person. */
export interface AuthorizeRequest {
  app: EmulatedApp
  redirectUri: string
  scopes: string[]
  state: string | undefined
  /** The person asked to choose the account again. */
  isAccountForced: boolean
}

/** @throws {FlatError} whatever Instagram refuses on its own page, without a redirect */
export function checkAuthorizeRequest (world: World, query: AuthorizeQuery): AuthorizeRequest {
  const app = world.apps.find(candidate => candidate.id === query.client_id)
  if (app === undefined) throw new FlatError('Invalid platform app')
  if (query.redirect_uri === undefined || !acceptsRedirect(app, query.redirect_uri)) throw new FlatError('Invalid redirect_uri')
  if (query.response_type !== 'code') throw new FlatError('Invalid response_type: must be code')
  return {
    app,
    redirectUri: query.redirect_uri,
    scopes: parseScopes(query.scope ?? ''),
    state: query.state,
    isAccountForced: isTrue(query.force_reauth) || isTrue(query.force_authentication)
  }
}

const isTrue = (value: string | undefined): boolean => value === 'true' || value === '1'
