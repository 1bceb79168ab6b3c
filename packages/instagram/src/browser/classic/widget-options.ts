import { services } from '../services.ts'

/** Attribute after `data-fp-` (attribute names are not case-sensitive) → option. */
const OPTIONS: Readonly<Record<string, string>> = {
  container: 'container',
  mimetype: 'mimetype',
  mimetypes: 'mimetypes',
  extension: 'extension',
  extensions: 'extensions',
  service: 'service',
  services: 'services',
  opento: 'openTo',
  debug: 'debug',
  policy: 'policy',
  signature: 'signature',
  language: 'language',
  hide: 'hide',
  'custom-css': 'customCss',
  maxsize: 'maxSize',
  maxfiles: 'maxFiles',
  'store-location': 'storeLocation',
  'store-path': 'storePath',
  'store-container': 'storeContainer',
  'store-region': 'storeRegion',
  'store-access': 'storeAccess',
  suggestedfilename: 'suggestedFilename'
}
const LISTS: ReadonlySet<string> = new Set(['mimetypes', 'extensions', 'services'])

/** The options that a widget's element carries. */
export function widgetOptions (element: HTMLElement): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  for (const [attribute, option] of Object.entries(OPTIONS)) {
    const value = element.getAttribute(`data-fp-${attribute}`)
    if (value !== null && value !== '') options[option] = LISTS.has(option) ? value.split(',').map(entry => entry.trim()) : value
  }
  if (Array.isArray(options.services)) options.services = options.services.map(serviceOf)
  return options
}

export function isMultiple (element: HTMLElement): boolean {
  return element.getAttribute('data-fp-multiple') === 'true'
}

function serviceOf (name: string): string | number {
  return (services as Record<string, number>)[name.replaceAll(' ', '')] ?? name
}
