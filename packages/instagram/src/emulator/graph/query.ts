import { Type } from 'typebox'

/** Graph calls take open parameter lists; what is known is text. */
export const GraphQuery = Type.Object({
  access_token: Type.Optional(Type.String()),
  fields: Type.Optional(Type.String()),
  limit: Type.Optional(Type.String()),
  after: Type.Optional(Type.String()),
  before: Type.Optional(Type.String()),
  since: Type.Optional(Type.String()),
  until: Type.Optional(Type.String())
}, { additionalProperties: true })

/** The node a call is about, and the version in front of it. */
export const NodeParams = Type.Object({ node: Type.String(), version: Type.Optional(Type.String()) })
