import t from 'tap'
import { explain, explainSignIn } from '../../src/graph/explain.ts'
import { GraphFailure, verdictOf, type Refusal, type Verdict } from '../../src/graph/failure.ts'

const REFUSALS: ReadonlyArray<readonly [Verdict, Refusal]> = [
  ['transient', { status: 400, code: 1 }],
  ['transient', { status: 400, code: 2 }],
  ['transient', { status: 500 }],
  ['transient', { status: 503 }],
  ['permission', { status: 400, code: 3 }],
  ['limit', { status: 400, code: 4 }],
  ['limit', { status: 403, code: 4 }],
  ['blocked', { status: 400, code: 4, subcode: 2207051 }],
  ['permission', { status: 400, code: 10 }],
  ['limit', { status: 400, code: 17 }],
  ['blocked', { status: 400, code: 25, subcode: 2207050 }],
  ['limit', { status: 400, code: 32 }],
  ['request', { status: 400, code: 100 }],
  ['gone', { status: 400, code: 100, subcode: 33 }],
  ['dead', { status: 400, code: 102 }],
  ['dead', { status: 400, code: 104 }],
  ['dead', { status: 400, code: 190 }],
  ...[458, 459, 460, 463, 464, 467, 492].map((subcode): [Verdict, Refusal] => ['dead', { status: 400, code: 190, subcode }]),
  ['dead', { status: 401, code: 190 }],
  ['permission', { status: 403, code: 200 }],
  ['permission', { status: 400, code: 299 }],
  ['limit', { status: 400, code: 341 }],
  ['blocked', { status: 400, code: 368 }],
  ['limit', { status: 400, code: 613 }],
  ['limit', { status: 400, code: 80002 }],
  ['limit', { status: 429 }],
  ['unavailable', { status: 400 }],
  ['unavailable', { status: 404 }],
  ['unavailable', { status: 400, code: 424242 }]
]

for (const [verdict, refusal] of REFUSALS) {
  t.test(`status ${refusal.status}, code ${refusal.code ?? '-'}/${refusal.subcode ?? '-'} means ${verdict}`, async t => {
    t.equal(verdictOf(refusal), verdict)
  })
}

for (const [verdict, code, statusCode] of [
  ['transient', 'INSTAGRAM_UNAVAILABLE', 502],
  ['unavailable', 'INSTAGRAM_UNAVAILABLE', 502],
  ['limit', 'INSTAGRAM_LIMIT_REACHED', 429],
  ['blocked', 'INSTAGRAM_ACCOUNT_RESTRICTED', 403],
  ['dead', 'INSTAGRAM_RECONNECT_REQUIRED', 401],
  ['permission', 'INSTAGRAM_PERMISSION_MISSING', 403],
  ['gone', 'SOURCE_GONE', 404],
  ['request', 'INSTAGRAM_UNAVAILABLE', 502]
] as const) {
  t.test(`${verdict} is told as ${code}`, async t => {
    t.match(explain(new GraphFailure(verdict), 0), { code, statusCode })
  })
}

for (const verdict of ['dead', 'request', 'gone'] as const) {
  t.test(`${verdict} during a sign-in is told as a missing role`, async t => {
    t.match(explainSignIn(new GraphFailure(verdict), 0), { code: 'INSTAGRAM_ROLE_MISSING', statusCode: 403 })
  })
}

t.test('a limit says until when, to people and to programs', async t => {
  const untilMs = Date.UTC(2026, 10, 24, 15, 30)
  const failure = new GraphFailure('limit', { untilMs })
  t.match(explain(failure, untilMs - 90_000), { message: /after 15:30 UTC/, headers: { 'retry-after': '90' } })
})

t.test('an error that is not of Instagram stays what it is', async t => {
  const error = new Error('disk full')
  t.equal(explain(error, 0), error)
  t.equal(explainSignIn(error, 0), error)
})
