import { Type, type Static, type TSchema } from 'typebox'

// Every object here is open: a newer sender may add fields, and they reach the handler.
const EpochSeconds = Type.Integer({ minimum: 0 })
const Bytes = Type.Integer({ minimum: 0 })

export function envelope<const Action extends string, Text extends TSchema> (action: Action, text: Text) {
  return Type.Object({ action: Type.Literal(action), timestamp: EpochSeconds, id: Type.Integer(), text })
}

/** A symlink was made: the bytes stay at the service they were picked from, which does not always tell their size. */
export const UploadSymlinkText = Type.Object({
  url: Type.String(),
  client: Type.String(),
  type: Type.String(),
  filename: Type.String(),
  size: Type.Optional(Bytes)
})
export type UploadSymlinkText = Static<typeof UploadSymlinkText>

/** A stored file was made: `container` and `key` say where. `status` came later ("Stored", "InTransit"). */
export const UploadStoredText = Type.Object({
  url: Type.String(),
  client: Type.String(),
  type: Type.String(),
  filename: Type.String(),
  size: Bytes,
  container: Type.String(),
  key: Type.String(),
  status: Type.Optional(Type.String()),
  upload_tags: Type.Optional(Type.Record(Type.String(), Type.String()))
})
export type UploadStoredText = Static<typeof UploadStoredText>

/** The shape in which the file's description sits one level deeper. */
export const UploadNestedText = Type.Object({
  url: Type.String(),
  client: Type.String(),
  data: Type.Object({ filename: Type.String(), type: Type.String(), size: Bytes })
})
export type UploadNestedText = Static<typeof UploadNestedText>

/** A file was picked or uploaded. */
export const UploadEvent = envelope('fp.upload', Type.Union([UploadStoredText, UploadSymlinkText, UploadNestedText]))
export type UploadEvent = Static<typeof UploadEvent>

/** A file was written back to a service; `created` is the url of the new copy. */
export const ExportEvent = envelope('fp.export', Type.Object({
  source: Type.String(),
  client: Type.String(),
  filename: Type.String(),
  created: Type.String()
}))
export type ExportEvent = Static<typeof ExportEvent>

/** The record of the converted source, as first sent: `size` is a string, and the fields of the sender's own table come along. */
export const ConverseLink = Type.Object({
  url: Type.String(),
  handle: Type.String(),
  filename: Type.String(),
  mimetype: Type.String(),
  provider: Type.String(),
  size: Type.String(),
  writeable: Type.Optional(Type.Boolean()),
  created_at: Type.Optional(Type.String()),
  app_id: Type.Optional(Type.Integer()),
  id: Type.Optional(Type.Integer()),
  mongo_id: Type.Optional(Type.Unknown()),
  _metadata: Type.Optional(Type.Unknown()),
  access_tokens: Type.Optional(Type.Array(Type.Unknown())),
  is_folder: Type.Optional(Type.Boolean()),
  persist: Type.Optional(Type.Boolean()),
  user_id: Type.Optional(Type.Unknown())
})
export type ConverseLink = Static<typeof ConverseLink>

/** The record of the converted source, as sent today: `size` is a number and `path` says where it lies. */
export const ConversePathLink = Type.Object({
  url: Type.String(),
  handle: Type.String(),
  filename: Type.String(),
  mimetype: Type.String(),
  provider: Type.String(),
  size: Bytes,
  path: Type.String()
})
export type ConversePathLink = Static<typeof ConversePathLink>

/** A file was converted; `url` is the whole conversion, `link` the source's record. */
export const ConverseEvent = envelope('fp.converse', Type.Object({
  url: Type.String(),
  link: Type.Union([ConversePathLink, ConverseLink])
}))
export type ConverseEvent = Static<typeof ConverseEvent>

/** The bytes behind a handle were replaced. */
export const OverwriteEvent = envelope('fp.overwrite', Type.Object({
  url: Type.String(),
  mimetype: Type.String(),
  filename: Type.String(),
  client: Type.String(),
  size: Bytes,
  isWriteable: Type.Optional(Type.Boolean())
}))
export type OverwriteEvent = Static<typeof OverwriteEvent>

/** A handle was ended. */
export const DeleteEvent = envelope('fp.delete', Type.Object({ url: Type.String() }))
export type DeleteEvent = Static<typeof DeleteEvent>

/** A picker was opened; `text` is its settings, which differ from picker to picker. */
export const DialogEvent = envelope('fp.dialog', Type.Object({
  dialogType: Type.Optional(Type.String()),
  mimetypes: Type.Optional(Type.Unknown()),
  extensions: Type.Optional(Type.Unknown()),
  language: Type.Optional(Type.Unknown()),
  maxSize: Type.Optional(Type.Unknown()),
  app: Type.Optional(Type.Unknown())
}))
export type DialogEvent = Static<typeof DialogEvent>

/** A workflow ended; `results` has one entry per task run. */
export const WorkflowEvent = envelope('fs.workflow', Type.Object({
  workflow: Type.String(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  sources: Type.Array(Type.Unknown()),
  // Any object. A record would be gone through name by name, to find nothing wrong with any of them.
  results: Type.Unsafe<Record<string, unknown>>(Type.Object({})),
  status: Type.String()
}))
export type WorkflowEvent = Static<typeof WorkflowEvent>

/**
 * A video conversion moved on. On the wire it has another envelope, without `action`, `id` and `text`; `classify` adds the
 * `action` (the event's name in the portal) so that one `switch` serves every event, and changes nothing else.
 */
export const VideoEvent = Type.Object({
  action: Type.Literal('fp.video_converse'),
  status: Type.String(),
  uuid: Type.String(),
  timestamp: Type.String(),
  message: Type.Optional(Type.Unknown()),
  data: Type.Optional(Type.Unknown()),
  metadata: Type.Optional(Type.Unknown())
})
export type VideoEvent = Static<typeof VideoEvent>

/** Every event of the contract, to be told apart by `action`. */
export type WebhookEvent =
  UploadEvent | ExportEvent | ConverseEvent | OverwriteEvent | DeleteEvent | DialogEvent | WorkflowEvent | VideoEvent

/** The name of an event of the contract. */
export type KnownAction = WebhookEvent['action']

/** The event of one action: `EventOf<'fp.upload'>`. */
export type EventOf<Action extends KnownAction> = Extract<WebhookEvent, { action: Action }>

/** An event that a newer or another sender made up: it has a name, and nothing else is known of it. */
export interface UnknownEvent { readonly action: string, readonly [field: string]: unknown }

/** Every known action, in the order of the contract. */
export const KNOWN_ACTIONS = [
  'fp.upload', 'fp.export', 'fp.converse', 'fp.overwrite', 'fp.delete', 'fp.dialog', 'fs.workflow', 'fp.video_converse'
] as const satisfies readonly KnownAction[]
