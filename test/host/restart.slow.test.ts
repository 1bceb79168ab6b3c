import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { startInstagramEmulator } from '@contactsheet/instagram/emulator'
import t, { type Test } from 'tap'
import { heard } from '../../examples/host/once.ts'
import { Visitor, type DialogBlob, type MediaListItem } from '../../examples/host/browserless.ts'
import { freePort } from './free-port.ts'

async function hostSettings (t: Test) {
  const emulator = await startInstagramEmulator()
  t.teardown(() => emulator.close())
  const port = await freePort()
  return {
    port,
    publicUrl: `http://localhost:${port}`,
    dataDirectory: t.testdir(),
    secret: 'a secret of the restart test, long enough',
    webhookSecret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    app: { instagramAppId: emulator.app.id, instagramAppSecret: emulator.app.secret },
    instagram: emulator.pluginOptions
  }
}

async function start (t: Test, settings: object): Promise<ChildProcess> {
  const host = fork(join(import.meta.dirname, 'host-process.ts'), [JSON.stringify(settings)])
  t.teardown(() => host.kill('SIGKILL'))
  await once(host, 'message')
  return host
}

async function stop (host: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  host.kill(signal)
  await once(host, 'exit')
}

t.test('a host that is killed right after a pick and started again has lost no session, no file and no webhook', async t => {
  const settings = await hostSettings(t)
  const first = await start(t, settings)
  const visitor = new Visitor(settings.publicUrl)
  const username = await visitor.connect()
  const { items } = await visitor.json<{ items: MediaListItem[] }>('/api/client/instagram/media')
  const photo = items.find(({ kind }) => kind === 'image')
  const blob = await visitor.post<DialogBlob>('/api/client/instagram/pick', { mediaId: photo?.id, store: { location: 'S3' } })
  await stop(first, 'SIGKILL')

  await start(t, settings)
  t.match(await visitor.json('/api/client/instagram/status'), { status: 'connected', username }, 'the session is still signed in')
  const response = await visitor.fetch(blob.url)
  t.equal(response.status, 200, 'the file still reads')
  t.equal((await response.arrayBuffer()).byteLength, blob.data.size, 'whole')
  const webhook = await heard(visitor, 'fp.upload', true)
  t.match(webhook.event.text, { url: blob.url }, 'its webhook arrives')
})
