// A host in a process of its own, to be killed. Told by JSON in argv[2]; answers its port by message.
import { appendFileSync } from 'node:fs'
import fastify from 'fastify'
import { instagram } from '@contactsheet/instagram'
import type { HostPlan } from './hosts.ts'
import { inside } from '../harness.ts'

const plan = JSON.parse(process.argv[2] ?? '') as HostPlan
const server = fastify()

await server.register(instagram, {
  secret: 'a secret of the tests that is long enough',
  publicUrl: 'http://app.localhost',
  app: { instagramAppId: '1234567890', instagramAppSecret: '0123456789abcdef0123456789abcdef', mimetypes: ['*/*'] },
  database: plan.database,
  storage: { S3: { type: 'disk', directory: plan.directory } },
  rateLimit: { max: 1_000_000 },
  now: () => Date.now() + (plan.aheadMs ?? 0),
  onEvent: event => { appendFileSync(plan.toldPath, `${JSON.stringify(event)}\n`) }
})
server.get('/sweep', async () => ({ count: await inside(server).sweep.run() }))
await server.listen({ port: 0, host: '127.0.0.1' })
const address = server.server.address()
process.send?.(typeof address === 'object' ? address?.port : undefined)
process.once('disconnect', () => { process.exit() })
