import t from 'tap'
import { KNOWN_ACTIONS, classify } from '../src/index.ts'
import { parseBody } from '../src/classify.ts'
import { fixture } from '../src/testing.ts'
import { PRODUCT_PAGE, productPageBytes, vectors } from './fixtures.ts'

const nestedUpload: unknown = JSON.parse(vectors.filestack[0]?.body ?? '')
const { action, ...videoOnTheWire } = fixture('fp.video_converse')
const text = fixture('fp.upload').text
const stored = { ...text, container: 'kg_bucket', key: 'a.jpg' }
const link = (fixture('fp.converse').text).link

/** Every shape that an event has had, and where it was seen. */
const SHAPES: Readonly<Record<string, unknown>> = {
  'fp.upload, symlink (Filestack page)': PRODUCT_PAGE.symlink,
  'fp.upload, stored (Filestack page)': PRODUCT_PAGE.stored,
  "fp.upload, nested data (filestack-js's test)": nestedUpload,
  'fp.upload, stored with a status and tags': fixture('fp.upload', { text: { ...stored, status: 'Stored', upload_tags: { a: 'b' } } }),
  'fp.export (Filestack page)': PRODUCT_PAGE.exported,
  'fp.upload, a symlink whose size is not known': fixture('fp.upload', { text: { url: 'u', client: 'Instagram', type: 'image/jpeg', filename: '1.jpg' } }),
  'fp.converse, size as a string (Filestack page)': PRODUCT_PAGE.conversion,
  'fp.converse, path and size as a number': {
    ...fixture('fp.converse'),
    text: {
      url: '/resize=w:102/uydUKAcTSsWB3g5HOsB4',
      link: { url: 'u', handle: 'h', filename: 'f', mimetype: 'image/jpeg', path: 'p', provider: 'internal_v2', size: 5 }
    }
  },
  ...Object.fromEntries(KNOWN_ACTIONS.map(known => [`${known} (fixture)`, fixture(known)]))
}

for (const [name, event] of Object.entries(SHAPES)) {
  t.test(`${name} is known and reaches the handler as it came`, async t => {
    t.strictSame(classify(event), { kind: 'known', action: (event as { action: string }).action, event })
  })
}

t.test('the video event has no action on the wire and gets the name it has in the portal, and nothing else', async t => {
  t.strictSame(classify(videoOnTheWire), {
    kind: 'known', action: 'fp.video_converse', event: { action: 'fp.video_converse', ...videoOnTheWire }
  })
})

t.test('unknown fields are kept, at every depth', async t => {
  const event = { ...fixture('fp.delete'), extra: 1, text: { url: 'u', extra: { deep: [null] } } }
  t.strictSame(classify(event), { kind: 'known', action: 'fp.delete', event })
})

const MALFORMED: ReadonlyArray<[string, unknown, string, string]> = [
  ['a size written as a string', fixture('fp.upload', { text: { ...text, size: '12' as unknown as number } }), 'text.size', 'fp.upload: text.size must be integer, got the string "12"'],
  ['a size missing where all is nested', { ...fixture('fp.upload'), text: { url: 'u', client: 'c', data: { filename: 'f', type: 't' } } }, 'text.data.size', 'fp.upload: text.data.size must be there, got nothing'],
  ['a key missing beside a container', fixture('fp.upload', { text: { ...text, container: 'c' } }), 'text.key', 'fp.upload: text.key must be there, got nothing'],
  ['an id written as a string', { ...fixture('fp.delete'), id: '7' }, 'id', 'fp.delete: id must be integer, got the string "7"'],
  ['an id that is no whole number', { ...fixture('fp.delete'), id: 1.5 }, 'id', 'fp.delete: id must be integer, got the number 1.5'],
  ['a timestamp before 1970', { ...fixture('fp.delete'), timestamp: -1 }, 'timestamp', 'fp.delete: timestamp must be >= 0, got the number -1'],
  ['a text that is an array', { ...fixture('fp.delete'), text: [] }, 'text', 'fp.delete: text must be object, got an array'],
  ['no text', { action: 'fp.export', timestamp: 1, id: 1 }, 'text', 'fp.export: text must be there, got nothing'],
  ['a text that is null', { ...fixture('fp.upload'), text: null }, 'text', 'fp.upload: text must be object, got null'],
  ["a conversion's size as a number without a path", { ...fixture('fp.converse'), text: { url: 'u', link: { ...link, size: 5 } } }, 'text.link.size', 'fp.converse: text.link.size must be string, got the number 5'],
  ['a video event with a numeric timestamp', { ...videoOnTheWire, timestamp: 5 }, 'timestamp', 'fp.video_converse: timestamp must be string, got the number 5']
]

for (const [what, event, field, message] of MALFORMED) {
  t.test(`a known event with ${what} is malformed, and the field is named with what came`, async t => {
    t.match(classify(event), { kind: 'malformed', field, message })
  })
}

t.test('JSON that is no event is malformed', async t => {
  for (const value of [null, [], 'text', 5, true]) t.match(classify(value), { kind: 'malformed', action: undefined, field: '' })
  t.match(classify({}), { kind: 'malformed', field: 'action', message: 'action must be a string, got nothing' })
  t.match(classify({ action: 5 }), { kind: 'malformed', message: 'action must be a string, got the number 5' })
})

t.test('a long value is quoted in part', async t => {
  const result = classify({ ...fixture('fp.delete'), id: 'x'.repeat(10_000) })
  t.ok(result.kind === 'malformed' && result.message.length < 100)
})

t.test('an action that is not in the contract is unknown, with all its fields', async t => {
  const event = { action: 'fp.scan', id: 1, more: { a: 1 } }
  t.strictSame(classify(event), { kind: 'unknown', action: 'fp.scan', event })
})

t.test('names that every object has are no actions', async t => {
  for (const name of ['constructor', 'toString', 'hasOwnProperty', '__proto__']) t.match(classify({ action: name }), { kind: 'unknown' }, name)
})

t.test('the payloads of Filestack\'s page parse from the bytes of their files', async t => {
  t.strictSame(parseBody(productPageBytes('conversion')), PRODUCT_PAGE.conversion)
})

t.test('bytes that are no UTF-8 have a code of their own', async t => {
  for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
    t.throws(() => parseBody(Buffer.from([0x22, ...bytes, 0x22])), { code: 'WEBHOOK_BODY_NOT_UTF8', statusCode: 400 })
  }
})

t.test('what is no JSON, a byte order mark before it too, has a code of its own', async t => {
  for (const body of ['', '{', '{"a":1}x', "{'a':1}", 'undefined', '\ufeff{}']) {
    t.throws(() => parseBody(Buffer.from(body)), { code: 'WEBHOOK_BODY_NOT_JSON', statusCode: 400 }, JSON.stringify(body))
  }
})

t.test('a field named __proto__ is refused, at any depth and however it is spelt', async t => {
  for (const body of ['{"__proto__":{"a":1}}', '{"a":[{"__proto__":null}]}', '{"\\u005f_proto__":1}', '{"__pr\\u006Fto__":1}']) {
    t.throws(() => parseBody(Buffer.from(body)), { code: 'WEBHOOK_EVENT_MALFORMED', message: /"__proto__"/ }, body)
  }
  t.strictSame(parseBody(Buffer.from('{"a":"__proto__ \\u00e9"}')), { a: '__proto__ é' })
})

t.test('a body nested a hundred thousand deep is judged without running out of stack', async t => {
  const deep = '['.repeat(100_000) + '"__proto__"' + ']'.repeat(100_000)
  t.match(classify(parseBody(Buffer.from(deep))), { kind: 'malformed' })
  t.match(classify(parseBody(Buffer.from(`{"action":"fp.scan","a":${deep}}`))), { kind: 'unknown' })
})
