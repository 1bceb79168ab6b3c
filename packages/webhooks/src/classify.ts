import { isAscii, isUtf8 } from 'node:buffer'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { WebhookError } from './errors.ts'
import {
  ConverseLink, ConversePathLink, DeleteEvent, DialogEvent, ExportEvent, OverwriteEvent, UploadNestedText, UploadStoredText,
  UploadSymlinkText, VideoEvent, WorkflowEvent, envelope, type KnownAction, type UnknownEvent, type WebhookEvent
} from './events.ts'

/** An event of the contract that keeps to it. */
export interface KnownClassification { readonly kind: 'known', readonly action: KnownAction, readonly event: WebhookEvent }

/** An event of the contract that breaks it, or JSON that is no event at all. */
export interface MalformedClassification {
  readonly kind: 'malformed'
  /** The action, as far as there is one. */
  readonly action: string | undefined
  /** Where it breaks, such as `text.size`; empty for the whole. */
  readonly field: string
  /** What was expected and what came, in a sentence. */
  readonly message: string
}

/** An event with a name that the contract does not know. */
export interface UnknownClassification { readonly kind: 'unknown', readonly action: string, readonly event: UnknownEvent }

/** The three outcomes of `classify`. */
export type Classification = KnownClassification | MalformedClassification | UnknownClassification

type JsonObject = Record<string, unknown>

interface Check {
  Check (value: unknown): boolean
  Errors (value: unknown): Array<{ keyword: string, instancePath: string, message: string, params: object }>
}

/**
 * The text of a signed body as a value.
 *
 * @throws {WebhookError} WEBHOOK_BODY_NOT_UTF8, WEBHOOK_BODY_NOT_JSON
 */
export function parseBody (body: Uint8Array): unknown {
  const text = textOf(Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength))
  const value = parseJson(text)
  // Either sign makes the search worth its time: an escape can spell the name too. Two characters are found faster than the whole name.
  if ((text.includes('__') || text.includes('\\u00')) && hasOwnProto(value)) {
    throw new WebhookError('WEBHOOK_EVENT_MALFORMED', 'the body has a field named "__proto__", which no event has')
  }
  return value
}

function textOf (body: Buffer): string {
  // ASCII is the same text in either encoding, and Latin-1 is the cheaper one to read.
  if (isAscii(body)) return body.toString('latin1')
  if (!isUtf8(body)) throw new WebhookError('WEBHOOK_BODY_NOT_UTF8', 'the body is signed but is not well-formed UTF-8')
  return body.toString()
}

function parseJson (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new WebhookError('WEBHOOK_BODY_NOT_JSON', 'the body is signed but is not JSON', { cause })
  }
}

// A list of what is left to see instead of recursion: a body may be nested deeper than the stack is.
function hasOwnProto (root: unknown): boolean {
  const left: unknown[] = [root]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value !== 'object' || value === null) continue
    if (Object.hasOwn(value, '__proto__')) return true
    for (const child of Object.values(value)) left.push(child)
  }
  return false
}

const uploadStored = Compile(envelope('fp.upload', UploadStoredText))
const uploadSymlink = Compile(envelope('fp.upload', UploadSymlinkText))
const uploadNested = Compile(envelope('fp.upload', UploadNestedText))
const converseOld = Compile(envelope('fp.converse', Type.Object({ url: Type.String(), link: ConverseLink })))
const conversePath = Compile(envelope('fp.converse', Type.Object({ url: Type.String(), link: ConversePathLink })))
const exported = Compile(ExportEvent)
const overwritten = Compile(OverwriteEvent)
const deleted = Compile(DeleteEvent)
const dialog = Compile(DialogEvent)
const workflow = Compile(WorkflowEvent)
const video = Compile(VideoEvent)

/**
 * The check that fits an event's shape. Where an action has several shapes the one meant is chosen by a field that only it has, so
 * that a complaint names the field that is wrong and not "none of three".
 */
const CHECKS: Readonly<Record<KnownAction, (event: JsonObject) => Check>> = {
  'fp.upload': ({ text }) => has(text, 'data') ? uploadNested : has(text, 'container') || has(text, 'key') ? uploadStored : uploadSymlink,
  'fp.converse': ({ text }) => has(text, 'link') && has(text.link, 'path') ? conversePath : converseOld,
  'fp.export': () => exported,
  'fp.overwrite': () => overwritten,
  'fp.delete': () => deleted,
  'fp.dialog': () => dialog,
  'fs.workflow': () => workflow,
  'fp.video_converse': () => video
}

/** Sorts a parsed body: an event of the contract, one that breaks the contract, or one that the contract does not know. */
export function classify (value: unknown): Classification {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return malformed(undefined, '', `the body must be an object, got ${describe(value)}`)
  }
  const event = isVideo(value) ? { action: 'fp.video_converse', ...value } : value as JsonObject
  const { action } = event
  if (typeof action !== 'string') return malformed(undefined, 'action', `action must be a string, got ${describe(action)}`)
  if (!isKnown(action)) return { kind: 'unknown', action, event: event as UnknownEvent }
  const check = CHECKS[action](event)
  if (check.Check(event)) return { kind: 'known', action, event: event as WebhookEvent }
  return explain(action, event, check)
}

function isKnown (action: string): action is KnownAction {
  return Object.hasOwn(CHECKS, action)
}

function isVideo (value: object): boolean {
  return !('action' in value) && 'uuid' in value && 'status' in value
}

function has<Name extends string> (value: unknown, name: Name): value is Record<Name, unknown> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
}

function explain (action: KnownAction, event: JsonObject, check: Check): MalformedClassification {
  const error = check.Errors(event)[0]
  const missing = error && 'requiredProperties' in error.params ? (error.params.requiredProperties as string[])[0] : undefined
  const names = (error?.instancePath ?? '').split('/').slice(1).map(name => name.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (missing !== undefined) names.push(missing)
  const field = names.join('.')
  const expected = missing === undefined ? error?.message ?? 'must keep to its schema' : 'must be there'
  return malformed(action, field, `${action}: ${field || 'the event'} ${expected}, got ${describe(valueAt(event, names))}`)
}

function malformed (action: string | undefined, field: string, message: string): MalformedClassification {
  return { kind: 'malformed', action, field, message }
}

function valueAt (root: unknown, names: readonly string[]): unknown {
  return names.reduce((value, name) => has(value, name) ? value[name] : undefined, root)
}

const LONGEST_QUOTE = 40

function describe (value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (typeof value === 'string') return `the string ${JSON.stringify(value.slice(0, LONGEST_QUOTE))}${value.length > LONGEST_QUOTE ? '…' : ''}`
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object'
  return `the ${typeof value} ${String(value)}`
}
