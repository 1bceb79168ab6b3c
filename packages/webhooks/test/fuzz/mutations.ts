import { createKeyring, verify, type Verification } from '../../src/index.ts'
import { TEST_SECRET, fixture, signedRequest } from '../../src/testing.ts'

/** A request in which something was changed after it was signed. */
export interface Mutant {
  readonly what: string
  readonly headers: Record<string, string>
  readonly body: Buffer
}

type Random = (below: number) => number

/** A small seeded generator (mulberry32), so that a finding can be made again. */
export function seededRandom (seed: number): Random {
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const now = () => 1_700_000_000_000
const originals = (['standard', 'filestack'] as const).map(scheme => {
  const { headers, body } = signedRequest(fixture('fp.upload'), { now, schemes: [scheme] })
  return { body, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])) }
})
const SIGNED_HEADERS = [['webhook-id', 'webhook-timestamp', 'webhook-signature'], ['fs-timestamp', 'fs-signature']] as const
const CHARACTERS = [...'0123456789abcdefABCDEF+/=,. \tv1a-_', '\u0000', '\u0131', '\u0661', '\uff11', '\ud800', '\n']

const TEXT_MUTATIONS: Readonly<Record<string, (text: string, random: Random) => string>> = {
  replace: (text, random) => splice(text, random(text.length), 1, pick(CHARACTERS, random)),
  insert: (text, random) => splice(text, random(text.length + 1), 0, pick(CHARACTERS, random)),
  remove: (text, random) => splice(text, random(text.length), 1 + random(4), ''),
  repeat: (text, random) => splice(text, random(text.length), 0, text.slice(random(text.length))),
  swap: (text, random) => {
    const at = random(text.length - 1)
    return splice(text, at, 2, text.charAt(at + 1) + text.charAt(at))
  },
  twin: (text, random) => {
    const at = random(text.length)
    return splice(text, at, 1, String.fromCharCode(text.charCodeAt(at) + 256 * (1 + random(200))))
  },
  case: (text, random) => {
    const at = random(text.length)
    const letter = text.charAt(at)
    return splice(text, at, 1, letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())
  },
  empty: () => ''
}

const BODY_MUTATIONS: Readonly<Record<string, (body: Buffer, random: Random) => Buffer>> = {
  bit: (body, random) => {
    const copy = Buffer.from(body)
    const at = random(body.length)
    copy[at] = (copy[at] ?? 0) ^ (1 << random(8))
    return copy
  },
  insert: (body, random) => {
    const at = random(body.length + 1)
    return Buffer.concat([body.subarray(0, at), Buffer.from([random(256)]), body.subarray(at)])
  },
  remove: (body, random) => {
    const at = random(body.length)
    return Buffer.concat([body.subarray(0, at), body.subarray(at + 1 + random(8))])
  },
  cut: (body, random) => body.subarray(0, random(body.length)),
  mark: body => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]),
  double: body => Buffer.concat([body, body])
}

/** One mutant: of a header or of the body, or bytes moved from one to the other. */
export function mutate (random: Random): Mutant {
  const family = random(originals.length)
  const { headers, body } = originals[family] ?? originals[0]!
  const names = SIGNED_HEADERS[family] ?? SIGNED_HEADERS[0]
  const choice = random(10)
  if (choice < 5) {
    const [how, mutation] = pick(Object.entries(TEXT_MUTATIONS), random)
    const name = pick(names, random)
    return { what: `${name} ${how}`, headers: { ...headers, [name]: mutation(headers[name] ?? '', random) }, body }
  }
  if (choice < 9) {
    const [how, mutation] = pick(Object.entries(BODY_MUTATIONS), random)
    return { what: `body ${how}`, headers, body: mutation(body, random) }
  }
  const length = 1 + random(body.length - 1)
  const name = pick(names, random)
  return { what: `${length} bytes moved to ${name}`, headers: { ...headers, [name]: `${headers[name]}.${body.toString('latin1', 0, length)}` }, body: body.subarray(length) }
}

/** Whether nothing that is signed differs: a mutation may undo itself, and a further entry in a list of signatures is no change. */
function isOriginal ({ headers, body }: Mutant): boolean {
  return originals.some(original => body.equals(original.body) && Object.entries(original.headers).every(([name, value]) =>
    name === 'webhook-signature' ? headers[name]?.split(' ').includes(value) : headers[name] === value))
}

const keyring = createKeyring(TEST_SECRET)

/** Lets `verify` judge this many mutants, and answers those that it accepted. */
export function fuzz (count: number, seed: number): { readonly accepted: Mutant[], readonly codes: Readonly<Record<string, number>> } {
  const random = seededRandom(seed)
  const accepted: Mutant[] = []
  const codes: Record<string, number> = {}
  for (let judged = 0; judged < count;) {
    const mutant = mutate(random)
    if (isOriginal(mutant)) continue
    judged += 1
    const verification: Verification = verify({ headers: mutant.headers, body: mutant.body, secrets: keyring, now })
    if (verification.valid) accepted.push(mutant)
    else codes[verification.code] = (codes[verification.code] ?? 0) + 1
  }
  return { accepted, codes }
}

function pick<Item> (items: readonly Item[], random: Random): Item {
  const item = items[random(items.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

function splice (text: string, at: number, length: number, instead: string): string {
  return text.slice(0, at) + instead + text.slice(at + length)
}
