import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { freePort } from './free-port.ts'

/** The `ts` sample of a README, which must be the only one. */
function sampleOf (readme: string): string {
  const [sample, ...others] = [...readFileSync(readme, 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code)
  if (sample === undefined || others.length > 0) throw new Error(`expected one sample in ${readme}`)
  return sample
}

/** Runs a sample as a process that finds the packages from here, in an empty folder, and waits until it answers. */
async function start (t: Test, name: string, sample: string): Promise<string> {
  const file = join(import.meta.dirname, `.${name}.ts`)
  writeFileSync(file, sample)
  t.teardown(() => rmSync(file))
  const port = await freePort()
  const host = spawn(process.execPath, ['--conditions=contactsheet-source', file], {
    cwd: t.testdir(),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      WEBHOOK_URL: 'https://receiver.example/webhooks',
      WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
      CONTACTSHEET_SECRET: 'a secret of the readme test, long enough',
      INSTAGRAM_APP_ID: '1234567890123456',
      INSTAGRAM_APP_SECRET: '0123456789abcdef0123456789abcdef'
    }
  })
  t.teardown(async () => {
    host.kill('SIGKILL')
    await once(host, 'exit')
  })
  return await answering(host, `http://localhost:${port}`)
}

async function answering (host: ReturnType<typeof spawn>, address: string): Promise<string> {
  while (host.exitCode === null) {
    const response = await fetch(address).catch(() => undefined)
    if (response !== undefined) return address
  }
  throw new Error(`the sample ended with exit code ${host.exitCode}`)
}

for (const [name, path] of [['root', '../../README.md'], ['instagram', '../../packages/instagram/README.md']] as const) {
  const sample = sampleOf(join(import.meta.dirname, path))

  t.test(`the sample of the ${name} README is a server that serves the client, the dialog and the sign-in`, async t => {
    const address = await start(t, `${name}-sample`, sample)
    t.match(await (await fetch(`${address}/filepicker.js`)).text(), 'filepicker')
    t.equal((await fetch(`${address}/dialog/open/?key=default`)).status, 200)
    t.match(await (await fetch(`${address}/api/client/instagram/status`)).json(), { status: 'disconnected' })
  })
}

t.test('the host sample of the root README has at most 20 lines of code', async t => {
  const lines = sampleOf(join(import.meta.dirname, '../../README.md')).split('\n').filter(line => line.trim() !== '')
  t.ok(lines.length <= 20, `${lines.length} lines`)
})
