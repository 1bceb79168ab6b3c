import { createHmac } from 'node:crypto'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type { InstagramOptions } from '@contactsheet/instagram'
import { eventLog } from './connected.ts'
import { build, PUBLIC_URL, SECRET } from './harness.ts'

type Teardown = Parameters<typeof build>[0]

export const APP_SECRET = 'Z3IYZSH2UJA7VN3QYFVSVCF7PI'

/** The plugin where nothing of Instagram is needed: uploads, reads, policies. */
export async function offline (t: Teardown, changes: Partial<InstagramOptions> = {}, app: Partial<InstagramOptions['app']> = {}) {
  const log = eventLog()
  const server = await build(t, {
    secret: SECRET,
    publicUrl: PUBLIC_URL,
    app: { instagramAppId: '1234567890', instagramAppSecret: '0123456789abcdef0123456789abcdef', secret: APP_SECRET, ...app },
    database: ':memory:',
    storage: { S3: { type: 'disk', directory: t.testdir(), containers: ['files', 'more'] } },
    onEvent: log.onEvent,
    ...changes
  })
  return { server, ...log }
}

/** Uploads raw bytes and answers the blob. */
export async function upload (server: FastifyInstance, payload: Buffer | string, query: Record<string, string> = {}, more: InjectOptions = {}) {
  const answer = await server.inject({ method: 'POST', url: '/api/store/S3', query: { key: 'default', ...query }, payload, ...more, headers: { 'content-type': 'application/octet-stream', ...more.headers } })
  if (answer.statusCode !== 200) throw new Error(`the upload failed: ${answer.body}`)
  return answer.json<{ url: string, filename: string, type: string, size: number, key: string, container: string }>()
}

/** A policy and its signature as query parameters. */
export function signPolicy (fields: Record<string, unknown>, secret = APP_SECRET): { policy: string, signature: string } {
  const policy = Buffer.from(JSON.stringify({ expiry: Math.floor(Date.now() / 1000) + 3600, ...fields })).toString('base64url')
  return { policy, signature: createHmac('sha256', secret).update(policy).digest('hex') }
}

export const basic = (secret = APP_SECRET) => ({ authorization: `Basic ${Buffer.from(`app:${secret}`).toString('base64')}` })
