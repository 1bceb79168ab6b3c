import { createHmac } from 'node:crypto'
import t from 'tap'
import fastify from 'fastify'
import { createBrowser, signIn } from '../browser-profile.ts'
import { connect, type Connected } from '../connected.ts'
import { build, emulate, inside, optionsFor, PUBLIC_URL } from '../harness.ts'

t.setTimeout(120_000)

const META_SECRET = 'the secret of Settings > Basic'
const DELETION = '/api/client/instagram/dataDeletion'
const DEAUTHORIZE = '/api/client/instagram/deauthorize'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

function signed (accountId: string, secret: string): string {
  const payload = Buffer.from(JSON.stringify({ user_id: accountId, algorithm: 'HMAC-SHA256', issued_at: 1757000000 })).toString('base64url')
  return `signed_request=${createHmac('sha256', secret).update(payload).digest('base64url')}.${payload}`
}

for (const url of [DELETION, DEAUTHORIZE]) {
  t.test(`${url} erases tokens, files and their bytes, and says so under a code`, async t => {
    const { emulator, server, pick, mediaIds, send } = await connect(t)
    const { account_id: accountId } = await inside(server).database.selectFrom('contactsheet_connections').selectAll().executeTakeFirstOrThrow()
    const link = await pick(String(mediaIds[0]))
    const copy = await pick(String(mediaIds[1]), { store: {} })

    const answer = await server.inject({ method: 'POST', url, headers: FORM, payload: signed(accountId, emulator.app.secret) })
    t.equal(answer.statusCode, 200)
    const { url: statusUrl, confirmation_code: code } = answer.json() as { url: string, confirmation_code: string }
    t.equal(statusUrl, `${PUBLIC_URL}${DELETION}/${code}`)
    await inside(server).background.settled()

    t.same(await inside(server).database.selectFrom('contactsheet_connections').selectAll().execute(), [])
    t.same(await inside(server).database.selectFrom('contactsheet_files').selectAll().execute(), [])
    for (const { url } of [link, copy]) t.equal((await send({ url: new URL(url).pathname })).statusCode, 404)
    t.match((await server.inject(new URL(statusUrl).pathname)).body, 'Everything is deleted')
    const row = await inside(server).database.selectFrom('contactsheet_deletions').selectAll().executeTakeFirstOrThrow()
    t.notMatch(JSON.stringify(row), accountId, 'nothing of the account is left, not even its id')
  })
}

t.test('the professional id finds the account too', async t => {
  const { emulator, server } = await connect(t)
  const { professional_id: id } = await inside(server).database.selectFrom('contactsheet_connections').selectAll().executeTakeFirstOrThrow()
  await server.inject({ method: 'POST', url: DELETION, headers: FORM, payload: signed(String(id), emulator.app.secret) })
  await inside(server).background.settled()
  t.same(await inside(server).database.selectFrom('contactsheet_connections').selectAll().execute(), [])
})

t.test('another account stays as it is', async t => {
  const emulator = await emulate(t)
  const server = await build(t, optionsFor(t, emulator))
  const [one, two] = [createBrowser(server, PUBLIC_URL), createBrowser(server, PUBLIC_URL)]
  await signIn(one, { account: 'harbour.and.hill' })
  await signIn(two, { account: 'noor.paints.light' })
  const row = await inside(server).database.selectFrom('contactsheet_connections').selectAll().where('username', '=', 'harbour.and.hill').executeTakeFirstOrThrow()
  await server.inject({ method: 'POST', url: DEAUTHORIZE, headers: FORM, payload: signed(row.account_id, emulator.app.secret) })
  await inside(server).background.settled()
  t.equal((await one.open('/api/client/instagram/status')).json().status, 'disconnected')
  t.equal((await two.open('/api/client/instagram/status')).json().status, 'connected')
})

t.test('a request signed with the Meta app secret is accepted when the app names that secret', async t => {
  const emulator = await emulate(t)
  const app = { instagramAppId: emulator.app.id, instagramAppSecret: emulator.app.secret, metaAppSecret: META_SECRET }
  const server = await build(t, optionsFor(t, emulator, { app }))
  t.equal((await server.inject({ method: 'POST', url: DELETION, headers: FORM, payload: signed('1', META_SECRET) })).statusCode, 200)
})

for (const [name, payload] of [
  ['signed with another secret', signed('1', 'another secret')],
  ['not signed at all', 'signed_request=hello'],
  ['without the field', 'other=1'],
  ['empty', '']
] as const) {
  t.test(`a request ${name} is refused with 400 and erases nothing`, async t => {
    const { server } = await connect(t)
    t.equal((await server.inject({ method: 'POST', url: DELETION, headers: FORM, payload })).statusCode, 400)
    t.equal((await inside(server).database.selectFrom('contactsheet_connections').selectAll().execute()).length, 1)
  })
}

t.test('an erasure that fails is open, is told as under way, and is finished later', async t => {
  const { emulator, server } = await connect(t)
  const { account_id: accountId } = await inside(server).database.selectFrom('contactsheet_connections').selectAll().executeTakeFirstOrThrow()
  let isBroken = true
  inside(server).erasers.push(async () => { if (isBroken) throw new Error('bucket not there') })
  const answer = await server.inject({ method: 'POST', url: DELETION, headers: FORM, payload: signed(accountId, emulator.app.secret) })
  await inside(server).background.settled()
  const page = `${DELETION}/${(answer.json() as { confirmation_code: string }).confirmation_code}`
  t.match((await server.inject(page)).body, 'Deletion under way')
  t.same(await inside(server).database.selectFrom('contactsheet_connections').selectAll().execute(), [], 'the tokens are gone at once')
  isBroken = false
  await inside(server).keepHouse(new AbortController().signal)
  t.match((await server.inject(page)).body, 'Everything is deleted')
})

for (const [what, more] of [['link', {}], ['copy', { store: {} }]] as const) {
  t.test(`a ${what} that comes in while its account is erased does not stay`, async t => {
    const connected = await connect(t)
    await eraseBeforeNextInsert(connected)
    const answer = await connected.send({ method: 'POST', url: '/api/client/instagram/pick', payload: { mediaId: connected.mediaIds[0], ...more } })
    t.match(answer, { statusCode: 401, body: /INSTAGRAM_NOT_CONNECTED/ })
    t.same(await rowsOf(connected), { files: [], looseObjects: [] })
  })
}

t.test('a conversion that is stored while the account of its photo is erased does not stay', async t => {
  const connected = await connect(t)
  const { url } = await connected.pick(String(connected.mediaIds[0]))
  await eraseBeforeNextInsert(connected)
  t.match(await connected.send({ method: 'POST', url: `${new URL(url).pathname}/convert?w=10` }), { statusCode: 404, body: /FILE_NOT_FOUND/ })
  t.same(await rowsOf(connected), { files: [], looseObjects: [] })
})

async function eraseBeforeNextInsert ({ server, emulator }: Connected): Promise<void> {
  const { store, database, background } = inside(server)
  const { account_id: accountId } = await database.selectFrom('contactsheet_connections').selectAll().executeTakeFirstOrThrow()
  const { insert } = store
  store.insert = async (...parameters) => {
    await server.inject({ method: 'POST', url: DELETION, headers: FORM, payload: signed(accountId, emulator.app.secret) })
    await background.settled()
    return await insert(...parameters)
  }
}

async function rowsOf ({ server }: Connected): Promise<{ files: object[], looseObjects: object[] }> {
  const { database } = inside(server)
  return {
    files: await database.selectFrom('contactsheet_files').selectAll().execute(),
    looseObjects: await database.selectFrom('contactsheet_loose_objects').selectAll().execute()
  }
}

t.test('an unknown code is told as such', async t => {
  const server = await build(t, optionsFor(t, await emulate(t)))
  t.match(await server.inject(`${DELETION}/${'0'.repeat(24)}`), { statusCode: 404, body: /Unknown code/ })
  t.equal((await server.inject(`${DELETION}/../../x`)).statusCode, 404)
})

t.test('the host’s own parser of forms is neither used nor changed', async t => {
  const emulator = await emulate(t)
  const server = fastify()
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, async (_request: unknown, body: unknown) => ({ host: body }))
  server.post('/host', async request => request.body)
  await build(t, optionsFor(t, emulator), server)
  t.equal((await server.inject({ method: 'POST', url: DELETION, headers: FORM, payload: signed('1', emulator.app.secret) })).statusCode, 200)
  t.same((await server.inject({ method: 'POST', url: '/host', headers: FORM, payload: 'a=1' })).json(), { host: 'a=1' })
})
