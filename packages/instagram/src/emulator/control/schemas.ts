import { Type, type TProperties } from 'typebox'
import type { GraphErrorKey } from '../errors.ts'

/** An object in which a name that is not known is a mistake. */
export const closed = <const Fields extends TProperties>(fields: Fields) => Type.Object(fields, { additionalProperties: false })

/** Bodies of the control API. They mirror the options and control methods of the same names. */
const Username = Type.String({ minLength: 1 })
const AppId = Type.Optional(Type.String())

export const ClockBody = closed({ setMs: Type.Optional(Type.Integer()), advanceMs: Type.Optional(Type.Integer()), reset: Type.Optional(Type.Boolean()) })

const Answer = Type.Union([
  Type.Literal('ask'), Type.Literal('allow'), Type.Literal('deny'),
  closed({ account: Username, allow: Type.Optional(Type.Boolean()), scopes: Type.Optional(Type.Array(Type.String())) })
])

export const AnswerBody = closed({ answer: Answer })

/** One of a few texts, or nothing. */
export const oneOf = <const Values extends readonly string[]>(...values: Values) => Type.Optional(Type.Unsafe<Values[number]>({ type: 'string', enum: values }))

export const SwitchesBody = closed({
  tokenAnswer: oneOf('flat', 'doc'),
  meAnswer: oneOf('flat', 'doc'),
  facebookLoginFields: oneOf('returned', 'refused'),
  childPermalink: oneOf('returned', 'omitted'),
  trailingNext: oneOf('absent', 'emptyPage'),
  roleRefusal: oneOf('page', 'redirect'),
  lostRole: oneOf('invalidToken', 'unsupportedRequest'),
  deletePermissions: oneOf('success', 'refused'),
  usageHeaders: oneOf('sent', 'off'),
  throttleStatus: Type.Optional(Type.Union([Type.Literal(400), Type.Literal(403)])),
  callbackSecret: oneOf('instagram', 'meta'),
  userMessages: oneOf('en', 'de', 'ja'),
  openerPolicy: oneOf('none', 'same-origin-allow-popups', 'same-origin'),
  cdnRanges: oneOf('answered', 'ignored')
})

export const FaultBody = closed({
  host: oneOf('www', 'api', 'graph', 'cdn'),
  path: Type.Optional(Type.String()),
  method: Type.Optional(Type.String()),
  times: Type.Optional(Type.Integer({ minimum: 0 })),
  code: Type.Optional(Type.Unsafe<GraphErrorKey>(Type.String())),
  status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
  mishap: oneOf('html', 'http500', 'notFound', 'wrongType', 'cutShort', 'truncated', 'wrongLength', 'slow', 'silent', 'reset'),
  answer: Type.Optional(closed({ status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })), contentType: Type.Optional(Type.String()), body: Type.String() })),
  delayMs: Type.Optional(Type.Integer({ minimum: 0 }))
})

const post = {
  photo: Type.Integer({ minimum: 0 }),
  caption: Type.Optional(Type.String()),
  altText: Type.Optional(Type.String()),
  extension: oneOf('jpg', 'webp', 'heic'),
  hasUrl: Type.Optional(Type.Boolean()),
  mediaType: oneOf('IMAGE', 'VIDEO', 'CAROUSEL_ALBUM'),
  productType: oneOf('FEED', 'REELS')
}
const Post = closed({ ...post, children: Type.Optional(Type.Array(closed(post))) })

export const PostBody = closed({ username: Username, ...Post.properties })

export const AccountBody = closed({
  username: Username,
  accountType: oneOf('PERSONAL', 'BUSINESS', 'MEDIA_CREATOR'),
  name: Type.Optional(Type.String()),
  followersCount: Type.Optional(Type.Integer({ minimum: 0 })),
  posts: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 100_000 }), Type.Array(Post)])),
  quotaTotal: Type.Optional(Type.Integer({ minimum: 0 }))
})

const RedirectUris = Type.Union([Type.Literal('loopback'), Type.Array(Type.String())])

export const AppBody = closed({
  id: Type.Optional(Type.String()),
  secret: Type.Optional(Type.String()),
  metaId: Type.Optional(Type.String()),
  metaSecret: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  redirectUris: Type.Optional(RedirectUris),
  mode: oneOf('live', 'development'),
  testers: Type.Optional(Type.Array(Type.String())),
  deauthorizeUrl: Type.Optional(Type.String()),
  dataDeletionUrl: Type.Optional(Type.String())
})

export const PersonBody = closed({ username: Username, appId: AppId })

export const RevokeBody = closed({ username: Username, appId: AppId, reason: oneOf('removed', 'passwordChanged', 'roleLost') })

export const MintBody = closed({
  username: Username,
  appId: Type.Optional(Type.String()),
  kind: oneOf('short', 'long'),
  scopes: Type.Optional(Type.Array(Type.String())),
  ageMs: Type.Optional(Type.Integer({ minimum: 0 }))
})

export const WebhookBody = closed({
  username: Username,
  appId: AppId,
  url: Type.String(),
  changes: Type.Array(closed({ field: Type.String(), value: Type.Record(Type.String(), Type.Unknown()) }))
})
