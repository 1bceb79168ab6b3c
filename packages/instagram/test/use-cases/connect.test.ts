import t from 'tap'
import { createTokenCipher } from '../../src/auth/token-cipher.ts'
import { ContactsheetError } from '../../src/errors.ts'
import { createConnections } from '../../src/stores/connections.ts'
import { openDatabase } from '../../src/stores/open-database.ts'
import { connect, type ConnectServices } from '../../src/use-cases/connect.ts'
import { resolveOptions } from '../../src/options.ts'
import { SECRET } from '../harness.ts'

const APP = resolveOptions({
  secret: SECRET, publicUrl: 'http://localhost', app: { instagramAppId: '7301592846013577', instagramAppSecret: 'a1b2C3D4e5F6a7b8C9d0E1f2A3b4C5d6' }, storage: {}
}).apps.get('default')
const BASIC = 'instagram_business_basic'

async function build (t: { teardown: (work: () => Promise<void>) => void }) {
  const database = await openDatabase(':memory:')
  t.teardown(async () => await database.destroy())
  const services: ConnectServices & { ladder: ConnectServices['ladder'] } = {
    connections: createConnections(database, createTokenCipher([SECRET]), { now: () => 0, newId: () => 'id' }),
    ladder: {
      exchange: async () => ({ token: 'IGAAlong', issuedAtMs: 0, expiresAtMs: 1000 }),
      profile: async () => ({ id: '25568454926143111', user_id: '17841400000000001', username: 'harbour', account_type: 'BUSINESS' }),
      refresh: async () => { throw new Error('not asked for') }
    },
    now: () => 0
  }
  if (APP === undefined) throw new Error('no app')
  return { services, app: APP }
}

t.test('the connection holds who it is, with every digit of both ids', async t => {
  const { services, app } = await build(t)
  t.same(await connect(services, app, 'session', { token: 'IGAAshort', permissions: [BASIC] }), { username: 'harbour' })
  t.match(await services.connections.find('default', ['session']), { accountId: '25568454926143111', username: 'harbour', accountType: 'BUSINESS', status: 'connected' })
  t.same(await services.connections.accountsNamed('default', '17841400000000001'), [
    { appKey: 'default', accountId: '17841400000000001' }, { appKey: 'default', accountId: '25568454926143111' }
  ])
})

t.test('without the one permission that is needed nothing is connected', async t => {
  const { services, app } = await build(t)
  await t.rejects(connect(services, app, 'session', { token: 'IGAAshort', permissions: ['instagram_business_manage_messages'] }), new ContactsheetError('INSTAGRAM_PERMISSION_MISSING', 'Instagram did not grant the permission to see your photos. Connect again and leave it switched on.'))
  t.equal(await services.connections.find('default', ['session']), undefined)
})

t.test('when Instagram does not say what was granted, the profile decides', async t => {
  const { services, app } = await build(t)
  t.ok(await connect(services, app, 'session', { token: 'IGAAshort', permissions: undefined }))
})

t.test('an account whose type is not told is connected', async t => {
  const { services, app } = await build(t)
  services.ladder.profile = async () => ({ id: 5, username: 'harbour' })
  await connect(services, app, 'session', { token: 'IGAAshort', permissions: undefined })
  t.match(await services.connections.find('default', ['session']), { accountId: '5', accountType: 'UNKNOWN' })
})

t.test('a second sign-in of the session takes the place of the first', async t => {
  const { services, app } = await build(t)
  await connect(services, app, 'session', { token: 'IGAAshort', permissions: undefined })
  services.ladder.profile = async () => ({ id: '7', username: 'other', account_type: 'MEDIA_CREATOR' })
  await connect(services, app, 'session', { token: 'IGAAshort', permissions: undefined })
  t.match(await services.connections.find('default', ['session']), { accountId: '7', username: 'other' })
  t.same(await services.connections.holders({ appKey: 'default', accountId: '25568454926143111' }), [])
})
