import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'

/** Ids are decimal texts; above 2^53 `parseLossless` has already made them so, below it a bare number may come. */
const Id = Type.Union([Type.String({ pattern: '^[0-9_]{1,64}$' }), Type.Integer({ minimum: 1 })])

/** A media node as far as we insist on it. Everything else is optional and read with care: fields of another type count as absent. */
const MediaNodeCore = Type.Object({
  id: Id,
  media_type: Type.Union([Type.Literal('IMAGE'), Type.Literal('VIDEO'), Type.Literal('CAROUSEL_ALBUM')])
})
export interface MediaNode extends Static<typeof MediaNodeCore> {
  media_url?: unknown
  thumbnail_url?: unknown
  caption?: unknown
  alt_text?: unknown
  permalink?: unknown
  timestamp?: unknown
  children?: unknown
}

const MediaList = Type.Object({
  data: Type.Array(Type.Unknown()),
  paging: Type.Optional(Type.Unknown())
})

/** `GET /me`, already taken out of the `data` list that the documentation shows. */
const Profile = Type.Object({
  id: Id,
  user_id: Type.Optional(Id),
  username: Type.String({ minLength: 1, maxLength: 200 }),
  account_type: Type.Optional(Type.String({ maxLength: 40 }))
})
export type Profile = Static<typeof Profile>

/** A token has to fit into a header: no blanks, no control characters. @see RFC 6750, section 2.1 */
const LongToken = Type.Object({
  access_token: Type.String({ pattern: '^[\\x21-\\x7e]{1,4096}$' }),
  expires_in: Type.Optional(Type.Unknown())
})

const mediaNode = Compile(MediaNodeCore)
const mediaList = Compile(MediaList)
const profile = Compile(Profile)
const longToken = Compile(LongToken)

export const isMediaNode = (value: unknown): value is MediaNode => mediaNode.Check(value)
export const isMediaList = (value: unknown): value is Static<typeof MediaList> => mediaList.Check(value)
export const isProfile = (value: unknown): value is Profile => profile.Check(value)
export const isLongToken = (value: unknown): value is Static<typeof LongToken> => longToken.Check(value)

/** The documentation wraps single objects into `{ data: [object] }`, live answers are flat: both come out flat. */
export function unwrapped (body: unknown): unknown {
  const data = (body as { data?: unknown } | null)?.data
  return Array.isArray(data) ? data[0] : body
}
