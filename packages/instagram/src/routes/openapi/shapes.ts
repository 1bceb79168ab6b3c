import { FLAGS } from '../../use-cases/describe.ts'

const text = { type: 'string' }
const access = { enum: ['public', 'private'] }

export const KEY_AND_POLICY = {
  key: { type: 'string', description: 'The app key; without it the default app' },
  policy: { type: 'string', description: 'Base64 of the policy\'s JSON' },
  signature: { type: 'string', description: 'HMAC-SHA256 of policy by the app\'s secret, in hexadecimal' }
}

export const DELIVERY = {
  cache: { type: 'boolean', description: 'true: for ten years; false: not at all' },
  dl: { type: 'boolean', description: 'Offer to save it' }
}

/** Where a conversion is kept. */
export const STORE = { storeLocation: text, storePath: text, storeContainer: text, storeAccess: access }

/** A file in a form, as the body, or by its address. */
export const UPLOAD = {
  body: {
    content: {
      'multipart/form-data': { schema: { type: 'object', properties: { fileUpload: { type: 'string', contentMediaType: 'application/octet-stream' }, url: text } } },
      'application/x-www-form-urlencoded': { schema: { type: 'object', properties: { url: text } } },
      '*/*': { schema: {} }
    }
  }
} as const

const FACT_TYPES: Readonly<Partial<Record<typeof FLAGS[number], string | readonly string[]>>> = {
  size: 'integer',
  uploaded: 'number',
  writeable: 'boolean',
  width: ['integer', 'null'],
  height: ['integer', 'null'],
  exif: ['object', 'null'],
  cloud: ['object', 'null'],
  source_url: ['string', 'null']
}

/** Metadata: what was asked for, or what costs nothing. */
export const FACTS = { type: 'object', properties: Object.fromEntries(FLAGS.map(flag => [flag, { type: FACT_TYPES[flag] ?? 'string' }])) }
