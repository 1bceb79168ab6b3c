import { GRAPH_ERRORS, type GraphErrorKey } from '../errors.ts'
import type { HostName } from '../hosts.ts'

/** How a call goes wrong other than by an error code. */
export type Mishap =
  /** An HTML page with status 200 where JSON or a photo belongs. */
  | 'html'
  /** Status 500 with an HTML page. */
  | 'http500'
  /** Status 404 in plain text. */
  | 'notFound'
  /** The right bytes under another content type. */
  | 'wrongType'
  /** A whole answer with only half of its text. */
  | 'cutShort'
  /** The connection breaks halfway. */
  | 'truncated'
  /** More bytes announced than sent. */
  | 'wrongLength'
  /** The answer drips in ten pieces over `delayMs`. */
  | 'slow'
  /** No answer at all; the connection stays open. */
  | 'silent'
  /** The connection is reset before any answer. */
  | 'reset'

/** An answer of the test's own making. */
export interface RawAnswer { status?: number, contentType?: string, body: string }

/** Which calls go wrong, and how. Give one of `code`, `mishap` and `answer`, or `delayMs` alone. */
export interface FaultPlan {
  /** @defaultValue `'graph'` */
  host?: HostName
  /** Only calls whose path contains this text, without query and version. @defaultValue every call */
  path?: string
  /** Only this method. */
  method?: string
  /** How many calls go wrong; `0` for every call until cleared. @defaultValue 1 */
  times?: number
  /** A Graph error: code, or code/subcode. On `www` and `api` its message comes in the flat shape; the CDN knows no codes. */
  code?: GraphErrorKey
  /** HTTP status for `code`. @defaultValue 400 (throttle codes: see the switch `throttleStatus`) */
  status?: number
  mishap?: Mishap
  answer?: RawAnswer
  /** Waits before the answer; with `slow`, the length of the answer. Milliseconds of the real clock. */
  delayMs?: number
}

interface PlannedFault { plan: FaultPlan, left: number }

/** Planned faults, taken in the order in which they were planned. */
export interface Faults {
  /** @throws {Error} for a plan that could not happen */
  plan: (fault: FaultPlan) => void
  clear: () => void
  /** The fault this call shall suffer, used up by asking. */
  take: (call: { host: HostName, path: string, method: string }) => FaultPlan | undefined
}

/** @param first - planned from the start */
export function createFaults (first: readonly FaultPlan[] = []): Faults {
  let planned = first.map(toPlanned)
  return {
    plan: plan => { planned.push(toPlanned(plan)) },
    clear: () => { planned = [] },
    take: ({ host, path, method }) => {
      const found = planned.find(({ plan }) => (plan.host ?? 'graph') === host && path.includes(plan.path ?? '') && (plan.method ?? method) === method)
      if (found === undefined) return undefined
      found.left--
      planned = planned.filter(({ left }) => left > 0)
      return found.plan
    }
  }
}

function toPlanned (given: FaultPlan): PlannedFault {
  const { code, mishap, answer, delayMs, host, method, times = 1 } = given
  const ways = [code, mishap, answer].filter(way => way !== undefined).length
  if (ways > 1 || (ways === 0 && delayMs === undefined)) throw new Error('a failure is one of code, mishap and answer, or delayMs alone')
  if (code !== undefined && !Object.hasOwn(GRAPH_ERRORS, code)) throw new Error(`no error "${String(code)}"; there are ${Object.keys(GRAPH_ERRORS).join(', ')}`)
  if (code !== undefined && host === 'cdn') throw new Error('the CDN knows no error codes: plan a mishap or an answer for it')
  return { plan: method === undefined ? given : { ...given, method: method.toUpperCase() }, left: times === 0 ? Infinity : times }
}
