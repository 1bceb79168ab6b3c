// Checked by `tsc -b packages/webhooks/test`; nothing here runs.
import type { PoolClient } from 'pg'
import {
  createReceiver, postgresIdempotency, verify,
  type EventOf, type KnownAction, type ReceivedEvent, type Refused, type UploadEvent, type Verified, type WebhookErrorCode, type WebhookEvent
} from '../src/index.ts'
import { webhookReceiver } from '../src/fastify.ts'
import { fixture } from '../src/testing.ts'
import Fastify from 'fastify'

type Equals<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false
function proves<Claim extends true> (..._claim: Claim[]): void {}

proves<Equals<EventOf<'fp.upload'>, UploadEvent>>()
proves<Equals<EventOf<'fp.converse'>['text']['link']['size'], string | number>>()
proves<Equals<KnownAction,
  'fp.upload' | 'fp.export' | 'fp.converse' | 'fp.overwrite' | 'fp.delete' | 'fp.dialog' | 'fs.workflow' | 'fp.video_converse'>>()
proves<Equals<ReturnType<typeof verify>, Verified | Refused>>()

/** Exhaustive: a new action without a case here does not compile. */
export function titleOf (event: WebhookEvent): string {
  switch (event.action) {
    case 'fp.upload': return 'data' in event.text ? event.text.data.filename : event.text.filename
    case 'fp.export': return event.text.created
    case 'fp.converse': return event.text.link.handle
    case 'fp.overwrite': return event.text.mimetype
    case 'fp.delete': return event.text.url
    case 'fp.dialog': return event.text.dialogType ?? 'open'
    case 'fs.workflow': return event.text.status
    case 'fp.video_converse': return event.uuid
    default: return event satisfies never
  }
}

/** The three shapes of an upload are told apart by the fields that only they have. */
export function containerOf ({ text }: UploadEvent): string | undefined {
  if ('data' in text) {
    proves<Equals<typeof text.data.size, number>>()
    return undefined
  }
  return 'container' in text ? text.container : undefined
}

/** Each branch of a result has only its own fields. */
export function codeOf (options: Parameters<typeof verify>[0]): WebhookErrorCode | undefined {
  const verification = verify(options)
  if (!verification.valid) return verification.code
  // @ts-expect-error an accepted request has no code
  return verification.code
}

export const receiver = createReceiver({
  secrets: 'x'.repeat(16),
  on: {
    // Handlers are typed by their key.
    'fp.export': (event, context) => {
      proves<Equals<typeof event, EventOf<'fp.export'>>>()
      proves<Equals<typeof context.keyIndex, number>>()
    },
    // @ts-expect-error an upload has no source
    'fp.upload': event => event.text.source
  },
  unknown: event => { proves<Equals<typeof event.action, string>>() },
  onResult: ({ event }) => { proves<Equals<typeof event, ReceivedEvent | undefined>>() }
})

// @ts-expect-error there is no such action
createReceiver({ secrets: 'x'.repeat(16), on: { 'fp.uplaod': () => {} } })

// @ts-expect-error secrets are needed
createReceiver({ on: {} })

declare const pool: import('pg').Pool

export const transactional = createReceiver({
  secrets: 'x'.repeat(16),
  idempotency: postgresIdempotency<PoolClient>({ pool, transactional: true }),
  on: { 'fp.upload': (_event, { transaction }) => { proves<Equals<typeof transaction, PoolClient>>() } }
})

export const app = Fastify()
app.register(webhookReceiver, { url: '/', secrets: ['x'.repeat(16)], on: { 'fp.delete': event => { proves<Equals<typeof event, EventOf<'fp.delete'>>>() } } })
app.register(webhookReceiver, { url: '/', receiver: transactional })
// @ts-expect-error url is needed
app.register(webhookReceiver, { secrets: 'x'.repeat(16) })

// Fixtures are typed by their action, and so is what may differ in them.
proves<Equals<ReturnType<typeof fixture<'fp.delete'>>, EventOf<'fp.delete'>>>()
fixture('fp.delete', { text: { url: 'u' } })
// @ts-expect-error a deletion has no size
fixture('fp.delete', { text: { size: 5 } })
