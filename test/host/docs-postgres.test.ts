import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { startCluster } from '../../packages/webhooks/test/postgres.ts'
import { blocksOf, sampleOf, start } from './sample.ts'

const APP_SECRET = 'the secret of the app, for tests only'
const PHOTO = readFileSync(join(import.meta.dirname, '../../packages/instagram/test/image/photos/night.jpg'))
const asServer = { authorization: `Basic ${Buffer.from(`app:${APP_SECRET}`).toString('base64')}` }
t.setTimeout(300_000)

t.test('two nodes of docs/postgresql.md share files: what one stores, the other reads and removes', async t => {
  const cluster = await startCluster()
  t.teardown(() => cluster.stop())
  const settings = { DATABASE_URL: await cluster.database(), FILES_DIRECTORY: t.testdir(), APP_SECRET }
  const sample = sampleOf('docs/postgresql.md')
  const [first, second] = await Promise.all([start(t, 'node-1', sample, settings), start(t, 'node-2', sample, settings)])
  const stored = await (await fetch(`${first}/api/store/S3?filename=night.jpg`, { method: 'POST', body: new Uint8Array(PHOTO) })).json() as { url: string }
  const path = new URL(stored.url).pathname
  t.same(Buffer.from(await (await fetch(second + path)).arrayBuffer()), PHOTO)
  t.equal((await fetch(second + path, { method: 'DELETE', headers: asServer })).status, 200)
  t.equal((await fetch(first + path)).status, 404)
})

t.test('the packages that docs/postgresql.md installs are the optional peers of ours', async t => {
  const [install = ''] = blocksOf('docs/postgresql.md', 'sh')
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../packages/sender/package.json'), 'utf8')) as { peerDependencies: object }
  t.same(install.trim().split(' ').slice(2).sort(), Object.keys(manifest.peerDependencies).sort())
})
