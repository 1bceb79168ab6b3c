/**
 * What a refusal of Instagram means to us.
 *
 * - `transient`: may work in a moment; `unavailable`: Instagram answers nonsense or not in time
 * - `limit`: too many calls; `blocked`: the account is restricted
 * - `dead`: the token is of no use any more; `permission`: the person did not grant what is needed
 * - `gone`: no such object for this token; `request`: Instagram does not accept the request (unknown field, bad cursor, foreign token)
 */
export type Verdict = 'transient' | 'unavailable' | 'limit' | 'blocked' | 'dead' | 'permission' | 'gone' | 'request'

/** What identifies a refusal; Instagram's texts are translated and change, so they are never looked at. */
export interface Refusal {
  status: number
  code?: number | undefined
  subcode?: number | undefined
}

export interface FailureOptions extends ErrorOptions {
  refusal?: Refusal
  /** For `limit`: when calls may go on. */
  untilMs?: number
}

/** Thrown inside `graph/` only; `explain` turns it into the package's error. */
export class GraphFailure extends Error {
  override readonly name = 'GraphFailure'
  readonly verdict: Verdict
  readonly refusal: Refusal | undefined
  readonly untilMs: number | undefined

  constructor (verdict: Verdict, { refusal, untilMs, ...options }: FailureOptions = {}) {
    super(`Instagram: ${verdict}${refusal === undefined ? '' : ` (status ${refusal.status}, code ${refusal.code ?? '-'}/${refusal.subcode ?? '-'})`}`, options)
    this.verdict = verdict
    this.refusal = refusal
    this.untilMs = untilMs
  }
}

const BY_SUBCODE: Readonly<Record<string, Verdict>> = {
  '100/33': 'gone',
  '4/2207051': 'blocked',
  '25/2207050': 'blocked'
}

const BY_CODE: Readonly<Record<number, Verdict>> = {
  1: 'transient',
  2: 'transient',
  3: 'permission',
  4: 'limit',
  10: 'permission',
  17: 'limit',
  32: 'limit',
  100: 'request',
  102: 'dead',
  104: 'dead',
  190: 'dead',
  341: 'limit',
  368: 'blocked',
  613: 'limit',
  80002: 'limit'
}

/** The one table from (status, code, subcode) to a verdict: subcode first, then code, then status. */
export function verdictOf ({ status, code, subcode }: Refusal): Verdict {
  const known = BY_SUBCODE[`${code}/${subcode}`] ?? (code === undefined ? undefined : BY_CODE[code])
  if (known !== undefined) return known
  if (code !== undefined && code >= 200 && code <= 299) return 'permission'
  if (status === 429) return 'limit'
  return status >= 500 ? 'transient' : 'unavailable'
}
