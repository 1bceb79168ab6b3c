import { Type, type Static, type TOptional, type TSchema, type TUnsafe } from 'typebox'
import { DELIVERY_ORIGINS, DELIVERY_STATES } from '../stores/delivery-store.ts'

const Milliseconds = Type.Number({ description: 'Epoch milliseconds' })
const Duration = Type.Number({ description: 'Milliseconds' })

/** A field of an answer that may also be there and `undefined`: what is written is the same. */
export function maybe<Schema extends TSchema> (schema: Schema): TOptional<TUnsafe<Static<Schema> | undefined>> {
  return Type.Optional(Type.Unsafe<Static<Schema> | undefined>(schema))
}

/** Every refusal. `code` is for programs, `message` for people. */
export const Problem = Type.Object({
  statusCode: Type.Integer(),
  code: Type.Optional(Type.String({ description: 'SENDER_… or FST_…' })),
  error: Type.String(),
  message: Type.String()
}, { description: 'What was wrong, and what to do' })

/** The answers of a route that needs a token: its own, and every refusal. */
export function answers<const Own extends Record<number, TSchema>> (own: Own): Own & { '4xx': typeof Problem, '5xx': typeof Problem } {
  return { ...own, '4xx': Problem, '5xx': Problem }
}

export const Empty = Type.Null({ description: 'Nothing more to say' })

export const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) })

export const Entry = Type.Object({
  id: Type.String({ description: 'Of this entry: removes one event type alone' }),
  endpointId: Type.String(),
  url: Type.String(),
  event: Type.String(),
  isEnabled: Type.Boolean(),
  disabledReason: maybe(Type.String({ description: 'gone, failing, undeclared or manual' }))
})

const RateLimit = Type.Object({ count: Type.Integer({ minimum: 1 }), perMs: Type.Integer({ minimum: 1 }) }, { additionalProperties: false })

const Settings = {
  events: Type.Optional(Type.Union([Type.Literal('all'), Type.Array(Type.String(), { minItems: 1 })])),
  headers: Type.Optional(Type.Record(Type.String(), Type.String())),
  timeoutMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 120_000 })),
  concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
  rateLimit: Type.Optional(RateLimit),
  ordered: Type.Optional(Type.Boolean())
}

export const NewEndpoint = Type.Object({
  url: Type.String({ description: 'https, unless the sender allows the host' }),
  secret: Type.Optional(Type.String({ description: 'Generated when absent' })),
  ...Settings
}, { additionalProperties: false })

export const EndpointChanges = Type.Object(Settings, { additionalProperties: false })

export const AddedEndpoint = Type.Object({
  id: Type.String(),
  url: Type.String(),
  entries: Type.Array(Entry),
  secret: Type.String({ description: 'Hand it to the receiver: it is not shown again' })
})

export const Endpoint = Type.Object({
  id: Type.String(),
  url: Type.String(),
  events: Type.Array(Type.String()),
  isEnabled: Type.Boolean(),
  disabledReason: maybe(Type.String()),
  isDeclared: Type.Boolean({ description: 'Comes from the sender\'s own configuration' }),
  headers: maybe(Type.Record(Type.String(), Type.String())),
  timeoutMs: maybe(Duration),
  concurrency: maybe(Type.Integer()),
  rateLimit: maybe(RateLimit),
  isOrdered: Type.Boolean(),
  failingSinceMs: maybe(Milliseconds),
  createdAtMs: Milliseconds
})

export const Rotation = Type.Object({
  secret: Type.Optional(Type.String({ description: 'Generated when absent' })),
  overlapMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 315_360_000_000, description: 'How long the earlier secrets go on signing. Default 24 hours' }))
}, { additionalProperties: false })

export const Timings = Type.Object({
  lookupMs: maybe(Duration),
  connectMs: maybe(Duration),
  tlsMs: maybe(Duration),
  waitMs: maybe(Duration),
  readMs: maybe(Duration),
  totalMs: Duration
})

const Attempt = Type.Object({
  number: Type.Integer(),
  run: Type.Integer({ description: 'Above 0: made again because a crash cut it off' }),
  startedAtMs: Milliseconds,
  endedAtMs: maybe(Milliseconds),
  outcome: maybe(Type.String({ description: 'delivered, failed, throttled, gone or interrupted; absent while under way' })),
  status: maybe(Type.Integer()),
  error: maybe(Type.String()),
  location: maybe(Type.String({ description: 'Where a refused redirect pointed' })),
  remoteAddress: maybe(Type.String()),
  timings: maybe(Timings),
  responseBody: maybe(Type.String({ description: 'The first 4 KiB of the answer, as text' }))
})

export const State = Type.Enum([...DELIVERY_STATES])

const deliveryFields = {
  id: Type.String(),
  eventId: Type.String(),
  action: Type.String(),
  endpointId: Type.String(),
  origin: Type.Enum([...DELIVERY_ORIGINS]),
  series: Type.Integer({ description: '0 for the first, one more for each resend or recovery' }),
  state: State,
  attemptsMade: Type.Integer(),
  createdAtMs: Milliseconds,
  firstAttemptAtMs: maybe(Milliseconds),
  dueAtMs: maybe(Milliseconds)
}

export const Delivery = Type.Object(deliveryFields)
export const DeliveryWithAttempts = Type.Object({ ...deliveryFields, attempts: Type.Array(Attempt) })
