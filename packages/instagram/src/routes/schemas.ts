import { Type } from 'typebox'

/** What every call may carry. */
export const KeyAndPolicy = {
  key: Type.Optional(Type.String({ maxLength: 200 })),
  policy: Type.Optional(Type.String({ maxLength: 8192 })),
  signature: Type.Optional(Type.String({ maxLength: 128 }))
}

/** Where a copy goes and what it is called, by the names of the REST API. */
export const StoreFields = {
  path: Type.Optional(Type.String({ maxLength: 1000 })),
  container: Type.Optional(Type.String({ maxLength: 255 })),
  access: Type.Optional(Type.Union([Type.Literal('public'), Type.Literal('private')]))
}

/** What an upload says about itself, by the names of the REST API. */
export const UploadFields = {
  url: Type.Optional(Type.String({ maxLength: 4096 })),
  filename: Type.Optional(Type.String({ maxLength: 1000 })),
  mimetype: Type.Optional(Type.String({ maxLength: 200 })),
  base64decode: Type.Optional(Type.Boolean())
}
