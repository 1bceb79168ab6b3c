import fc from 'fast-check'

/** Stands in every answer; it must never come out. */
export const TOKEN = 'IGAAtoken0000000000000000000000000000000000000ZD'

/** A page as Instagram gives it. The fuzz breaks it in every place. */
const PAGE = {
  data: [
    { id: '1', media_type: 'IMAGE', media_url: 'https://scontent.cdninstagram.com/1.jpg?oe=7FFFFFFF', caption: 'a', permalink: 'https://www.instagram.com/p/1/', timestamp: '2026-01-01T00:00:00+0000' },
    { id: '2', media_type: 'CAROUSEL_ALBUM', children: { data: [{ id: '21', media_type: 'IMAGE', media_url: 'https://scontent.cdninstagram.com/21.jpg' }] } },
    { id: '3', media_type: 'VIDEO', thumbnail_url: 'https://scontent.cdninstagram.com/3.jpg' }
  ],
  paging: { cursors: { before: 'QVFIb', after: 'QVFIa' }, next: `https://graph.instagram.com/v25.0/17/media?access_token=${TOKEN}&after=QVFIa` }
}
/** Serves as profile, as token and as photo. */
const OBJECT = {
  id: '25568454926143111',
  user_id: '17841400000000001',
  username: 'harbour',
  account_type: 'BUSINESS',
  access_token: TOKEN,
  token_type: 'bearer',
  expires_in: 5183944,
  media_type: 'IMAGE',
  media_url: 'https://scontent.cdninstagram.com/1.jpg?oe=7FFFFFFF'
}
const REFUSAL = { error: { message: `echo ${TOKEN}`, type: 'OAuthException', code: 1, error_subcode: 1 } }

const oddValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, '', 0, -1, 1e308, '1e999', [], {}, true, TOKEN, 'javascript:alert(1)', '\u0000', '../../me'),
  fc.bigInt().map(number => `<<${number}>>`), fc.string({ unit: 'binary', maxLength: 200 })
)

/** Replaces or drops one value somewhere in a JSON tree. */
function mutated (tree: unknown, choices: readonly number[], value: unknown, isDropped: boolean): unknown {
  const [choice = 0, ...rest] = choices
  if (typeof tree !== 'object' || tree === null || Object.keys(tree).length === 0 || choices.length === 0) return value
  const names = Object.keys(tree)
  const name = names[choice % names.length] ?? ''
  const copy: Record<string, unknown> = Array.isArray(tree) ? [...tree] as never : { ...tree }
  if (rest.length === 0 && isDropped) delete copy[name]
  else copy[name] = mutated(copy[name], rest, value, isDropped)
  return copy
}

const body = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom<unknown>(PAGE, PAGE.data[1], OBJECT, { data: [OBJECT] }, REFUSAL), fc.array(fc.nat(9), { minLength: 1, maxLength: 6 }), oddValue, fc.boolean()).map(([tree, path, value, isDropped]) => JSON.stringify(mutated(tree, path, value, isDropped)).replaceAll(/"<<(-?\d+)>>"/g, '$1')) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(1, 2, 3, 4, 10, 17, 100, 102, 104, 190, 200, 341, 368, 613, 80002), fc.integer()).map(([code, subcode]) => JSON.stringify({ error: { message: TOKEN, code, error_subcode: subcode } })) },
  { weight: 1, arbitrary: fc.constantFrom('', 'null', '[]', '{', `<html>${TOKEN}</html>`, '"text"', '{"data":{}}', '{"error":null}', '{"error":"x"}', '\ufeff{}') },
  { weight: 1, arbitrary: fc.json() }
)
export interface Answer { status: number, body: string, usage: string | undefined }
/** What Instagram might answer: mostly its own answers with one value changed or dropped, errors of every code, pages for people, any JSON. */
export const answer: fc.Arbitrary<Answer> = fc.record({
  status: fc.constantFrom(200, 200, 200, 200, 200, 200, 200, 200, 201, 204, 400, 400, 401, 403, 404, 429, 500, 503),
  body,
  usage: fc.oneof(fc.constant(undefined), fc.constantFrom('{', 'null', '{"1":[{"estimated_time_to_regain_access":1e9}]}', '{"1":[{"estimated_time_to_regain_access":-1}]}'))
})

/** The answer as `fetch` gives it. */
export function responseOf ({ status, body, usage }: Answer): Response {
  return new Response(status === 204 ? null : body, { status, headers: usage === undefined ? {} : { 'x-business-use-case-usage': usage } })
}
