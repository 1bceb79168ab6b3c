import { join } from 'node:path'
import t from 'tap'
import { cli } from '../run-cli.ts'

const URL = 'http://127.0.0.1:9/hook'

t.test('an endpoint is added, listed, rotated, switched and removed', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  const ask = async (...args: string[]) => await cli(['endpoints', ...args, '--database', database, '--json'])
  const added = JSON.parse((await ask('add', URL, '--events', 'fp.upload,fp.delete', '--header', 'X-Team: photos', '--rate', '10/1s')).stdout)
  t.match(added, { url: URL, secret: /^whsec_/ })
  t.same(JSON.parse((await ask('list')).stdout).map(({ event }: { event: string }) => event), ['fp.delete', 'fp.upload'])
  t.match(JSON.parse((await ask('rotate', added.id, '--overlap', '1h')).stdout), { id: added.id, secret: /^whsec_/ })
  t.match(JSON.parse((await ask('disable', added.id)).stdout), { isEnabled: false })
  t.match(JSON.parse((await ask('list')).stdout), [{ isEnabled: false, disabledReason: 'manual' }, {}])
  t.match(JSON.parse((await ask('enable', added.id)).stdout), { isEnabled: true })
  t.match(await ask('remove', added.id), { code: 0 })
  t.same(JSON.parse((await ask('list')).stdout), [])
})

t.test('for people, an endpoint is one line, and a new secret is shown once', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  const added = await cli(['endpoints', 'add', URL, '--database', database])
  t.match(added.stdout, /endpoint +ep_\S+\nurl +http:\/\/127\.0\.0\.1:9\/hook\nevents +all\nsecret +whsec_/)
  t.match(added.stderr, /not shown again/)
  const listed = await cli(['endpoints', 'list', '--database', database])
  t.match(listed.stdout, /^ENDPOINT +STATE +URL +EVENTS\nep_\S+ +enabled +http:\/\/127\.0\.0\.1:9\/hook +all\n$/)
  t.notMatch(listed.stdout, /whsec_/)
})

t.test('adding the same endpoint twice leaves one', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  const add = async (): Promise<string> => JSON.parse((await cli(['endpoints', 'add', URL, '--database', database, '--json'])).stdout).id
  t.equal(await add(), await add())
})

t.test('an address inside the network is refused with the reason and exit code 2', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  const { code, stderr } = await cli(['endpoints', 'add', 'https://169.254.169.254/', '--database', database])
  t.equal(code, 2)
  t.match(stderr, /SENDER_ADDRESS_REFUSED/)
})

for (const [name, args] of [
  ['a header without a colon', ['--header', 'nothing']], ['a rate without a time', ['--rate', '10']], ['a time that is none', ['--timeout', 'soon']]
] as const) {
  t.test(`${name} is wrong usage`, async t => {
    t.equal((await cli(['endpoints', 'add', URL, ...args])).code, 2)
  })
}

t.test('under another key than the one that encrypted the secrets, the command says which keys it needs', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  await cli(['endpoints', 'add', URL, '--database', database])
  const { code, stderr } = await cli(['endpoints', 'list', '--database', database], { env: { CONTACTSHEET_SENDER_SECRETS: 'some other key of the host' } })
  t.match([code, stderr], [2, /SENDER_SECRET_UNREADABLE/])
})
