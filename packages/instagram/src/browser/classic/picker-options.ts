import type { MultipleOptions, StoreTarget } from '../types.ts'
import { FilepickerException } from './exceptions.ts'

type Given = Record<string, unknown>

/** The options of a page as they come: singular or plural, lists or single values. */
export function pickerOptions (given: Given): MultipleOptions {
  const mimetypes = listOf(given, 'mimetypes', 'mimetype')
  const extensions = listOf(given, 'extensions', 'extension')
  const services = listOf(given, 'services', 'service')
  if (mimetypes !== undefined && extensions !== undefined) throw new FilepickerException('Error: Cannot pass in both mimetype and extension parameters to the pick function')
  return definedOnly<MultipleOptions>({
    mimetypes: mimetypes ?? (extensions === undefined ? ['*/*'] : undefined),
    extensions,
    services,
    openTo: given.openTo,
    container: given.container,
    minSize: numberOf(given.minSize),
    maxSize: numberOf(given.maxSize),
    maxFiles: numberOf(given.maxFiles),
    hide: given.hide === true || given.hide === 'true' || undefined,
    language: given.language,
    customCss: given.customCss,
    policy: given.policy,
    signature: given.signature
  })
}

/** Where pickAndStore keeps copies; the original's defaults. */
export function storeTarget (given: Given): StoreTarget {
  return definedOnly<StoreTarget>({
    location: given.location ?? 'S3',
    path: given.path,
    container: given.storeContainer ?? given.container,
    access: given.access ?? 'private'
  })
}

/** `storeLocation` and its companions, as widgets give them: then plain picks make copies. */
export function inlineStore (given: Given): StoreTarget | undefined {
  if (given.storeLocation === undefined) return undefined
  return storeTarget({ location: given.storeLocation, path: given.storePath, container: given.storeContainer, access: given.storeAccess })
}

export function definedOnly<Wanted extends object> (record: { [Name in keyof Wanted]?: unknown }): Wanted {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Wanted
}

function listOf (given: Given, plural: string, singular: string): string[] | undefined {
  const value = given[plural] ?? given[singular]
  if (value === undefined) return undefined
  return (Array.isArray(value) ? value : [value]).map(String)
}

function numberOf (value: unknown): number | undefined {
  const number = Number(value ?? NaN)
  return Number.isFinite(number) && number > 0 ? number : undefined
}
