import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type, type TSchema } from 'typebox'
import type { World } from '../model/world.ts'
import { faultsIn } from '../schema-faults.ts'
import { createControl } from './control.ts'
import { AccountBody, AnswerBody, AppBody, ClockBody, FaultBody, MintBody, PersonBody, PostBody, RevokeBody, SwitchesBody, WebhookBody } from './schemas.ts'

/** The control API: what `emulator.control` offers, for tests in other processes and other languages. */
export const controlRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (scope, { world }) => {
  const control = createControl(world)
  const done = { ok: true }

  scope.setValidatorCompiler(({ schema, httpPart }) => {
    const faultsOf = faultsIn(schema as TSchema)
    return value => {
      const faults = faultsOf(value)
      return faults.length === 0 ? { value } : { error: new Error(faults.map(fault => `${httpPart ?? ''}${fault}`).join('; ')) }
    }
  })
  scope.setErrorHandler((error, _request, reply) => reply.code(400).send({ error: error instanceof Error ? error.message : String(error) }))
  scope.get('/', async () => overview(world))

  scope.post('/clock', { schema: { body: ClockBody } }, async ({ body }) => {
    if (body.reset === true) control.clock.reset()
    if (body.setMs !== undefined) control.clock.set(body.setMs)
    if (body.advanceMs !== undefined) control.clock.advance(body.advanceMs)
    return { nowMs: control.clock.now() }
  })
  scope.put('/answer', { schema: { body: AnswerBody } }, async ({ body }) => {
    control.answer(body.answer)
    return done
  })
  scope.put('/switches', { schema: { body: SwitchesBody } }, async ({ body }) => {
    control.set(body)
    return world.switches
  })
  scope.post('/faults', { schema: { body: FaultBody } }, async ({ body }) => {
    control.fail(body)
    return done
  })
  scope.delete('/faults', async () => {
    control.clearFaults()
    return done
  })
  scope.get('/requests', async () => control.requests())
  scope.delete('/requests', async () => {
    control.clearRequests()
    return done
  })
  await scope.register(peopleRoutes, { world })
}

const peopleRoutes: FastifyPluginAsyncTypebox<{ world: World }> = async (scope, { world }) => {
  const control = createControl(world)
  const done = { ok: true }

  scope.post('/accounts', { schema: { body: AccountBody } }, async ({ body }) => {
    control.addAccount(body)
    return control.idsOf(body.username)
  })
  scope.post('/apps', { schema: { body: AppBody } }, async ({ body }) => {
    if (body.id !== undefined && world.apps.some(app => app.id === body.id)) control.updateApp(body, body.id)
    else control.addApp(body)
    return done
  })
  scope.post('/posts', { schema: { body: PostBody } }, async ({ body: { username, ...post } }) => ({ id: control.addPost(username, post) }))
  scope.delete('/posts/:id', { schema: { params: Type.Object({ id: Type.String() }) } }, async ({ params }) => {
    control.removePost(params.id)
    return done
  })
  scope.post('/tokens', { schema: { body: MintBody } }, async ({ body: { username, ...options } }) => ({ access_token: control.mintToken(username, options) }))
  scope.post('/revoke', { schema: { body: RevokeBody } }, async ({ body }) => {
    control.revoke(body.username, body.reason, body.appId)
    return done
  })
  scope.post('/deauthorize', { schema: { body: PersonBody } }, async ({ body }) => control.deauthorize(body.username, body.appId))
  scope.post('/data-deletion', { schema: { body: PersonBody } }, async ({ body }) => control.requestDataDeletion(body.username, body.appId))
  scope.post('/webhooks', { schema: { body: WebhookBody } }, async ({ body }) => control.sendWebhook(body.username, body.url, body.changes, body.appId))
}

function overview (world: World): Record<string, unknown> {
  return {
    nowMs: world.clock.now(),
    switches: world.switches,
    apps: world.apps.map(({ id, metaId, name, mode, testers, redirectUris }) => ({ id, metaId, name, mode, testers, redirectUris })),
    accounts: world.accounts.map(({ id, username, accountType }) => ({ userId: id, username, accountType }))
  }
}
