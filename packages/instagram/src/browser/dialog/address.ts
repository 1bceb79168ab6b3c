import { addressOf, keyOf } from '../place.ts'
import { services } from '../services.ts'
import type { MultipleOptions, StoreTarget } from '../types.ts'
import { mayMakeSteps } from './way-back.ts'

export interface DialogRequest extends MultipleOptions {
  isMultiple: boolean
  store?: StoreTarget
}

/** Address of the dialog for one choice, in the query names that servers of this kind have always had. */
export function dialogAddress (id: string, container: string, request: DialogRequest): string {
  const { store } = request
  return addressOf(request, '/dialog/open/', {
    key: keyOf(request),
    id,
    origin: window.location.origin,
    container,
    language: request.language ?? navigator.language,
    multi: request.isMultiple || undefined,
    m: request.extensions === undefined ? (request.mimetypes ?? ['image/*']).join(',') : undefined,
    ext: request.extensions?.join(','),
    s: request.services?.map(serviceNumber).join(','),
    loc: request.openTo === undefined ? undefined : serviceNumber(request.openTo),
    maxFiles: request.maxFiles,
    minSize: request.minSize,
    maxSize: request.maxSize,
    hide: request.hide,
    steps: mayMakeSteps(container) || undefined,
    css: request.customCss,
    storeLocation: store === undefined ? undefined : store.location ?? 'S3',
    storePath: store?.path,
    storeContainer: store?.container,
    storeAccess: store === undefined ? undefined : store.access ?? 'private',
    policy: request.policy,
    signature: request.signature
  })
}

function serviceNumber (service: string | number): string | number {
  const name = String(service).replaceAll(' ', '')
  return (services as Record<string, number>)[name] ?? name
}
