import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { postDeauthorize } from '../callbacks/platform-callbacks.ts'
import { accountNamed, appWithId } from '../model/look-up.ts'
import { grantKey, revoke, type World } from '../model/world.ts'
import { escapeHtml, page } from './page.ts'

const Removal = Type.Object({ username: Type.String(), app: Type.String() })

/** "Apps and websites": where a person sees which apps are connected, and removes one. */
export const manageAccessRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (scope, { world }) => {
  scope.get('/accounts/manage_access/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(manageAccessPage(world)))

  scope.post('/accounts/manage_access/', { schema: { body: Removal } }, async (request, reply) => {
    const [app, account] = [appWithId(world, request.body.app), accountNamed(world, request.body.username)]
    revoke(world, app, account, 'removed')
    if (app.deauthorizeUrl !== undefined) {
      await postDeauthorize(world, app, account).catch((error: unknown) => { request.log.warn({ err: error }, 'the deauthorize callback did not answer') })
    }
    return reply.redirect('/www/accounts/manage_access/', 303)
  })
}

function manageAccessPage (world: World): string {
  const rows = world.accounts.flatMap(account => world.apps
    .filter(app => world.grants.has(grantKey(app.id, account.id)))
    .map(app => `<form method="post" class="row"><span class="who"><b>${escapeHtml(app.name)}</b><span>${escapeHtml(account.username)}</span></span><input type="hidden" name="app" value="${escapeHtml(app.id)}"><button class="cancel" name="username" value="${escapeHtml(account.username)}">Remove</button></form>`))
  const list = rows.length === 0 ? '<p>No app is connected.</p>' : `<div class="list">${rows.join('')}</div>`
  return page('Apps and websites', `<h1>Apps and websites</h1><p>These apps can see your account. Remove one and its access ends at once.</p><h2>Connected</h2>${list}`)
}
