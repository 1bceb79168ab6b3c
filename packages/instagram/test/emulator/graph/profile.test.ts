import t from 'tap'
import { read, start } from '../harness.ts'

const ALL = 'id,user_id,username,name,account_type,profile_picture_url,followers_count,follows_count,media_count'

t.test('without fields /me answers the id alone', async t => {
  const emulator = await start(t)
  t.strictSame((await read(emulator, '/me')).json, { id: emulator.control.idsOf('harbour.and.hill').id })
})

t.test('id is the app-scoped id, user_id the professional account id', async t => {
  const emulator = await start(t)
  const { json } = await read(emulator, '/me', { fields: ALL })
  const { id, userId } = emulator.control.idsOf('harbour.and.hill')
  t.match(json, { id, user_id: userId, username: 'harbour.and.hill', name: 'Harbour & Hill', account_type: 'BUSINESS', followers_count: 4812, media_count: Number, follows_count: Number })
  t.match(userId, /^17841\d{12}$/)
  t.not(id, userId)
})

t.test('a creator is a MEDIA_CREATOR', async t => {
  t.equal((await read(await start(t), '/me', { fields: 'account_type' }, 'noor.paints.light')).json.account_type, 'MEDIA_CREATOR')
})

t.test('the profile picture is a CDN link', async t => {
  const { json } = await read(await start(t), '/me', { fields: 'profile_picture_url' })
  const response = await fetch(String(json.profile_picture_url))
  t.strictSame([response.status, response.headers.get('content-type')], [200, 'image/jpeg'])
})

t.test('empty fields are left out, not null', async t => {
  const { json } = await read(await start(t), '/me', { fields: ALL }, 'bare.profile')
  t.notOk('name' in json || 'profile_picture_url' in json)
})

t.test('one unknown field fails the whole call', async t => {
  t.match(await read(await start(t), '/me', { fields: 'id,full_name' }), {
    status: 400,
    json: { error: { code: 100, error_subcode: 33, type: 'IGApiException', message: '(#100) Tried accessing nonexisting field (full_name) on node type (IGUser)' } }
  })
})

t.test('the account is found under both of its ids', async t => {
  const emulator = await start(t)
  const { id, userId } = emulator.control.idsOf('harbour.and.hill')
  for (const node of [id, userId]) t.equal((await read(emulator, `/${node}`, { fields: 'username' })).json.username, 'harbour.and.hill')
})

t.test('the answer can be switched to the shape of the documentation', async t => {
  t.match((await read(await start(t, { switches: { meAnswer: 'doc' } }), '/me', { fields: 'username' })).json, { data: [{ username: 'harbour.and.hill' }] })
})

t.test('versions are accepted and change nothing', async t => {
  const emulator = await start(t)
  for (const version of ['', '/v23.0', '/v25.0', '/v26.0']) t.equal((await read(emulator, `${version}/me`, { fields: 'username' })).json.username, 'harbour.and.hill')
})
