import { refuseParameter } from '../domain/conversion/refusal.ts'
import { oneOf, text, type Read } from '../domain/conversion/values.ts'

/** Where a conversion is kept, as a client asks for it. */
export interface ConversionTarget {
  location: string
  path?: string
  container?: string
  access?: 'public' | 'private'
}

/** Each by the name of the browser client and by that of the REST API. @see https://www.filestack.com/docs/javascript-api/convert */
const FIELDS: Readonly<Record<keyof ConversionTarget | 'region', { names: readonly string[], read: Read<string> }>> = {
  location: { names: ['storeLocation', 'store_location', 'location'], read: text(100) },
  path: { names: ['storePath', 'store_path', 'path'], read: text(1_000) },
  container: { names: ['storeContainer', 'store_container', 'container'], read: text(255) },
  access: { names: ['storeAccess', 'store_access', 'access'], read: oneOf(['public', 'private']) },
  /** Known to old clients; the region of a bucket is the server's affair. */
  region: { names: ['storeRegion', 'store_region', 'region'], read: text(100) }
}

const DEFAULT_LOCATION = 'S3'

/** Parts what came by query and by form into the place to store and the conversion itself. */
export function readStoreTarget (query: Record<string, unknown>, body: Record<string, unknown>): { target: ConversionTarget, parameters: Record<string, unknown> } {
  const parameters = together(query, body)
  const found: Record<string, string> = {}
  for (const [field, { names, read }] of Object.entries(FIELDS)) {
    for (const name of names) {
      const value = parameters[name]
      delete parameters[name]
      if (value === undefined || value === '') continue
      if (field in found || typeof value !== 'string') return refuseParameter(name, 'given once, as text', value)
      found[field] = read(value, name)
    }
  }
  const { region: _region, ...target } = found
  return { target: { location: DEFAULT_LOCATION, ...target } as ConversionTarget, parameters }
}

/** A client may repeat its key and policy in both places, but no parameter may come twice. */
function together (query: Record<string, unknown>, body: Record<string, unknown>): Record<string, unknown> {
  const twice = Object.keys(body).find(name => query[name] !== undefined && query[name] !== body[name])
  return twice === undefined ? { ...query, ...body } : refuseParameter(twice, 'given once', [query[twice], body[twice]])
}
