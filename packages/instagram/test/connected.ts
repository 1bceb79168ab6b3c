import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { InstagramOptions } from '@contactsheet/instagram'
import type { InstagramEmulator, StartOptions } from '@contactsheet/instagram/emulator'
import type { WebhookEvent } from '@contactsheet/webhooks'
import { createBrowser, signIn } from './browser-profile.ts'
import { build, emulate, inside, optionsFor, PUBLIC_URL } from './harness.ts'

type Teardown = Parameters<typeof build>[0]

export interface Payload { url: string, data: { filename: string, type: string, size?: number, key?: string, container?: string, client: string, id: number } }

/** A server, and a browser that has connected Instagram there. */
export interface Connected {
  emulator: InstagramEmulator
  server: FastifyInstance
  /** What `onEvent` was told, in order. */
  events: WebhookEvent[]
  /** Resolves when that many events have been told. */
  told: (count: number) => Promise<WebhookEvent[]>
  cookie: string
  /** A request of this browser. */
  send: (options: InjectOptions) => Promise<LightMyRequestResponse>
  pick: (mediaId: string, more?: Record<string, unknown>) => Promise<Payload>
  mediaIds: string[]
}

export async function connect (t: Teardown, { changes = {}, emulator: plan = {} }: { changes?: Partial<InstagramOptions>, emulator?: StartOptions } = {}): Promise<Connected> {
  const emulator = await emulate(t, plan)
  const { events, told, onEvent } = eventLog()
  const server = await build(t, optionsFor(t, emulator, { onEvent, ...changes }))
  return { emulator, server, events, told, ...await connectBrowser(server) }
}

/** Connects a new browser to a server. */
export async function connectBrowser (server: FastifyInstance): Promise<Pick<Connected, 'cookie' | 'send' | 'pick' | 'mediaIds'>> {
  const browser = createBrowser(server, PUBLIC_URL)
  await signIn(browser)
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const send = async (options: InjectOptions): Promise<LightMyRequestResponse> => await server.inject({ ...options, headers: { cookie, ...options.headers } })
  const { items } = (await browser.open('/api/client/instagram/media?limit=50')).json() as { items: Array<{ id: string, kind: string }> }
  return {
    cookie,
    send,
    mediaIds: items.filter(({ kind }) => kind === 'image').map(({ id }) => id),
    async pick (mediaId, more = {}) {
      const answer = await send({ method: 'POST', url: '/api/client/instagram/pick', payload: { mediaId, ...more } })
      if (answer.statusCode !== 200) throw new Error(`picking failed: ${answer.body}`)
      return answer.json()
    }
  }
}

/** Collects events and lets a test wait for them. */
export function eventLog () {
  const events: WebhookEvent[] = []
  const waiting: Array<{ count: number, resolve: (events: WebhookEvent[]) => void }> = []
  return {
    events,
    onEvent (event: WebhookEvent): void {
      events.push(event)
      for (const { count, resolve } of waiting) if (events.length >= count) resolve(events)
    },
    told: async (count: number): Promise<WebhookEvent[]> => events.length >= count ? events : await new Promise(resolve => { waiting.push({ count, resolve }) })
  }
}

/** `/api/file/…` of a blob's address. */
export function pathOf ({ url }: { url: string }): string {
  return new URL(url).pathname
}

/** The photo as Instagram serves it. */
export async function originalOf ({ server }: Pick<Connected, 'server'>, mediaId: string): Promise<Buffer> {
  const { account_id: accountId } = await inside(server).database.selectFrom('contactsheet_connections').select('account_id').executeTakeFirstOrThrow()
  const { url } = await inside(server).media.find({ appKey: 'default', accountId }, mediaId)
  return Buffer.from(await (await fetch(url)).arrayBuffer())
}

/** The `text` of an event, whatever its action. */
export function textOf (event: WebhookEvent | undefined): Record<string, unknown> {
  return (event as { text?: Record<string, unknown> } | undefined)?.text ?? {}
}
