import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixture, inject, TEST_SECRET } from '@contactsheet/webhooks/testing'
import t from 'tap'
import { buildServer } from '../../examples/receiver/server.ts'

t.test('the receiver example lists a photo when it was picked, and no longer when it was removed', async t => {
  const app = await buildServer(TEST_SECRET)
  t.teardown(() => app.close())
  const listed = async (): Promise<unknown> => (await app.inject('/photos')).json()
  const tell = async (event: object): Promise<number> => (await inject(app, event, { url: '/webhooks/instagram' })).statusCode

  const picked = fixture('fp.upload', { text: { url: 'https://photos.example.com/api/file/a', filename: 'cat.jpg' } })
  t.equal(await tell(picked), 200)
  t.same(await listed(), [{ url: 'https://photos.example.com/api/file/a', filename: 'cat.jpg' }])
  t.equal(await tell(fixture('fp.delete', { text: { url: 'https://photos.example.com/api/file/a' } })), 200)
  t.same(await listed(), [])
})

t.test('the receiver example does not believe who signs with another secret', async t => {
  const app = await buildServer(TEST_SECRET)
  t.teardown(() => app.close())
  const answer = await inject(app, fixture('fp.upload'), { url: '/webhooks/instagram', secret: 'another-secret-long-enough' })
  t.match(answer.json(), { code: 'WEBHOOK_SIGNATURE_MISMATCH' })
  t.same((await app.inject('/photos')).json(), [])
})

t.test('the receiver takes at most 15 lines in the server that was there before', async t => {
  const source = readFileSync(join(import.meta.dirname, '../../examples/receiver/server.ts'), 'utf8')
  const [registration = ''] = /^ {2}await app\.register\(webhookReceiver.*?^ {2}\}\)$/ms.exec(source) ?? []
  t.ok(registration !== '' && registration.split('\n').length <= 15)
})
