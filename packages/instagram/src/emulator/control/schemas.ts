import { Type } from 'typebox'
import type { GraphErrorKey } from '../errors.ts'

/** Bodies of the control API. They mirror the options and control methods of the same names. */
const Username = Type.String({ minLength: 1 })
const AppId = Type.Optional(Type.String())

export const ClockBody = Type.Object({ setMs: Type.Optional(Type.Integer()), advanceMs: Type.Optional(Type.Integer()), reset: Type.Optional(Type.Boolean()) })

export const AnswerBody = Type.Object({
  answer: Type.Union([
    Type.Literal('ask'), Type.Literal('allow'), Type.Literal('deny'),
    Type.Object({ account: Username, allow: Type.Optional(Type.Boolean()), scopes: Type.Optional(Type.Array(Type.String())) })
  ])
})

const oneOf = <const Values extends readonly string[]>(...values: Values) => Type.Optional(Type.Unsafe<Values[number]>({ type: 'string', enum: values }))

export const SwitchesBody = Type.Object({
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
  openerPolicy: oneOf('none', 'same-origin-allow-popups', 'same-origin')
}, { additionalProperties: false })

export const FaultBody = Type.Object({
  host: oneOf('www', 'api', 'graph', 'cdn'),
  path: Type.Optional(Type.String()),
  method: Type.Optional(Type.String()),
  times: Type.Optional(Type.Integer({ minimum: 0 })),
  code: Type.Optional(Type.Unsafe<GraphErrorKey>(Type.String())),
  status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
  mishap: oneOf('html', 'http500', 'notFound', 'wrongType', 'cutShort', 'truncated', 'wrongLength', 'slow', 'silent', 'reset'),
  answer: Type.Optional(Type.Object({ status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })), contentType: Type.Optional(Type.String()), body: Type.String() })),
  delayMs: Type.Optional(Type.Integer({ minimum: 0 }))
}, { additionalProperties: false })

const post = {
  photo: Type.Integer({ minimum: 0 }),
  caption: Type.Optional(Type.String()),
  altText: Type.Optional(Type.String()),
  extension: oneOf('jpg', 'webp', 'heic'),
  hasUrl: Type.Optional(Type.Boolean()),
  mediaType: oneOf('IMAGE', 'VIDEO', 'CAROUSEL_ALBUM'),
  productType: oneOf('FEED', 'REELS')
}
const Post = Type.Object({ ...post, children: Type.Optional(Type.Array(Type.Object(post))) })

export const PostBody = Type.Object({ username: Username, ...Post.properties })

export const AccountBody = Type.Object({
  username: Username,
  accountType: oneOf('PERSONAL', 'BUSINESS', 'MEDIA_CREATOR'),
  name: Type.Optional(Type.String()),
  followersCount: Type.Optional(Type.Integer({ minimum: 0 })),
  posts: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 100_000 }), Type.Array(Post)])),
  quotaTotal: Type.Optional(Type.Integer({ minimum: 0 }))
})

export const AppBody = Type.Object({
  id: Type.Optional(Type.String()),
  secret: Type.Optional(Type.String()),
  metaId: Type.Optional(Type.String()),
  metaSecret: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  redirectUris: Type.Optional(Type.Union([Type.Literal('loopback'), Type.Array(Type.String())])),
  mode: oneOf('live', 'development'),
  testers: Type.Optional(Type.Array(Type.String())),
  deauthorizeUrl: Type.Optional(Type.String()),
  dataDeletionUrl: Type.Optional(Type.String())
})

export const PersonBody = Type.Object({ username: Username, appId: AppId })

export const RevokeBody = Type.Object({ username: Username, appId: AppId, reason: oneOf('removed', 'passwordChanged', 'roleLost') })

export const MintBody = Type.Object({
  username: Username,
  appId: Type.Optional(Type.String()),
  kind: oneOf('short', 'long'),
  scopes: Type.Optional(Type.Array(Type.String())),
  ageMs: Type.Optional(Type.Integer({ minimum: 0 }))
})

export const WebhookBody = Type.Object({
  username: Username,
  appId: AppId,
  url: Type.String(),
  changes: Type.Array(Type.Object({ field: Type.String(), value: Type.Record(Type.String(), Type.Unknown()) }))
})
