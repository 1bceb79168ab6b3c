import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { hashOf } from '../auth/hash.ts'
import type { SignInStream } from '../auth/sign-in-news.ts'
import { ContactsheetError } from '../errors.ts'
import type { SignInServices } from '../use-cases/sign-in.ts'
import type { Routes } from './index.ts'

const STREAM_LIFE_MS = 30_000
/** How often a stream looks into the database for a sign-in that another node ended. */
const LOOK_EVERY_MS = 1000
/** Milliseconds after which a browser opens an ended stream again. */
const RETRY_MS = 2000

const EventsQuery = Type.Object({
  key: Type.Optional(Type.String({ maxLength: 200 })),
  signIn: Type.String({ maxLength: 1000 })
})

/** How a sign-in ended, told by the server: it reaches the dialog under every Cross-Origin-Opener-Policy. */
export const eventRoutes: Routes = async (scope, { services }) => {
  const { tickets, news } = services

  scope.get('/api/client/instagram/events', { schema: { querystring: EventsQuery } }, async (request, reply) => {
    const { sessionIds, app } = request.caller
    const ticket = tickets.read(request.query.signIn)
    if (ticket === undefined || ticket.appKey !== app.key) throw new ContactsheetError('SIGN_IN_EXPIRED', 'signIn is not known here or older than an hour; get a new one from status')
    if (!sessionIds.includes(ticket.sessionId)) throw new ContactsheetError('SIGN_IN_FOREIGN', 'signIn belongs to another session; get a new one from status')

    const stream = news.admit(String(sessionIds[0]), closedWith(reply))
    reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    return Readable.from(outcomes(services, hashOf(request.query.signIn), stream))
  })
}

async function * outcomes ({ signIns, news }: SignInServices, ticketHash: string, stream: SignInStream): AsyncGenerator<string> {
  const endsAtMs = performance.now() + STREAM_LIFE_MS
  yield `retry: ${RETRY_MS}\n\n`
  while (!stream.aborted && performance.now() < endsAtMs) {
    const outcome = await signIns.lastOutcome(ticketHash)
    if (outcome !== undefined) {
      const { status, ...data } = outcome
      yield `event: ${status}\ndata: ${JSON.stringify(data)}\n\n`
      return
    }
    yield ': waiting\n\n'
    await news.next(ticketHash, LOOK_EVERY_MS, stream)
  }
}

/** A signal that fires when the answer has ended, however it ended. */
function closedWith ({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController()
  raw.once('close', () => controller.abort())
  return controller.signal
}
