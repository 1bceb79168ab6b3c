import { Type, type Static } from 'typebox'
import type { App } from '../options.ts'
import type { DialogConfig } from './config.ts'
import type { Language } from './languages.ts'

const Text = (maxLength: number) => Type.Optional(Type.String({ maxLength }))
const Count = Type.Optional(Type.Number({ minimum: 0 }))
const Flag = Type.Optional(Type.Boolean())

/**
 * The query of `GET /dialog/open/`, in the names that clients have always used. Names that are not listed (crop, camera and resize
 * options of the original) are let through and have no effect.
 *
 * @see https://github.com/filestack-archive/filepicker-js
 */
export const DialogQuery = Type.Object({
  key: Text(200),
  id: Text(100),
  origin: Text(300),
  version: Text(20),
  language: Text(40),
  container: Text(200),
  m: Text(2000),
  ext: Text(2000),
  s: Text(1000),
  loc: Text(100),
  multi: Flag,
  maxFiles: Count,
  minSize: Count,
  maxSize: Count,
  hide: Flag,
  steps: Flag,
  css: Text(2000),
  storeLocation: Text(100),
  storePath: Text(1000),
  storeContainer: Text(200),
  storeAccess: Type.Optional(Type.Union([Type.Literal('public'), Type.Literal('private')])),
  policy: Text(4000),
  signature: Text(200)
}, { additionalProperties: true })
export type DialogQuery = Static<typeof DialogQuery>

/** How clients name Instagram in `s` and `loc`: by its constant or by name. */
const INSTAGRAM = new Set(['11', 'INSTAGRAM'])

/** Reads the query into what the dialog works with; everything in it may have been typed by anybody. */
export function readDialogQuery (query: DialogQuery, app: App, place: { base: string, origins: readonly string[], language: Language }): DialogConfig {
  const services = list(query.s)?.map(service => service.toUpperCase())
  const isAsked = services === undefined || services.some(service => INSTAGRAM.has(service))
  const isForeign = query.origin !== undefined && !place.origins.includes(query.origin)
  return definedOnly<DialogConfig>({
    id: query.id ?? '0',
    key: app.key,
    ...place,
    opener: isForeign ? undefined : query.origin,
    container: query.container === 'window' ? 'window' : query.container === undefined || query.container === 'modal' ? 'modal' : 'iframe',
    offersInstagram: isAsked,
    opensInstagram: services?.length === 1 || INSTAGRAM.has((query.loc ?? '').toUpperCase()),
    multiple: query.multi ?? false,
    maxFiles: query.maxFiles || undefined,
    minSize: query.minSize,
    maxSize: query.maxSize || undefined,
    mimetypes: list(query.m) ?? ['*/*'],
    extensions: list(query.ext)?.map(extension => extension.toLowerCase().replace(/^\.?/, '.')),
    hide: query.hide ?? false,
    takesStepsBack: query.steps ?? false,
    store: query.storeLocation === undefined
      ? undefined
      : definedOnly<NonNullable<DialogConfig['store']>>({ location: query.storeLocation, path: query.storePath, container: query.storeContainer, access: query.storeAccess }),
    policy: query.policy,
    signature: query.signature,
    refusal: isForeign ? 'ORIGIN_NOT_ALLOWED' : undefined
  })
}

/** A dialog that says why it shows nothing. */
export function refusedDialog (refusal: 'APP_UNKNOWN', place: { base: string, origins: readonly string[], language: Language }): DialogConfig {
  return { ...place, refusal, id: '0', key: '', container: 'modal', offersInstagram: false, opensInstagram: false, multiple: false, hide: false, takesStepsBack: false, mimetypes: [] }
}

function list (text: string | undefined): string[] | undefined {
  const entries = text?.split(',').map(entry => entry.trim()).filter(entry => entry !== '') ?? []
  return entries.length === 0 ? undefined : entries
}

function definedOnly<Wanted extends object> (record: { [Name in keyof Wanted]: Wanted[Name] | undefined }): Wanted {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Wanted
}
