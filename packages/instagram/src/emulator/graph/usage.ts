import { DAY_MS } from '../clock.ts'
import { graphError, GraphError } from '../errors.ts'
import type { World } from '../model/world.ts'
import type { Access } from './access.ts'

/** Calls of the last 24 hours by app and account: what the business-use-case limit counts. */
export interface UsageMeter {
  /** Counts a call, refused ones too. @returns calls within the window, this one included */
  count: (key: string, now: number) => number
  /** When the oldest counted call leaves the window, in epoch milliseconds. */
  oldestLeavesAtMs: (key: string) => number
}

/** Nothing is counted at first. */
export function createUsageMeter (): UsageMeter {
  const calls = new Map<string, number[]>()
  return {
    count: (key, now) => {
      const recent = calls.get(key) ?? []
      if ((recent[0] ?? now) <= now - DAY_MS) recent.splice(0, recent.findLastIndex(at => at <= now - DAY_MS) + 1)
      recent.push(now)
      calls.set(key, recent)
      return recent.length
    },
    oldestLeavesAtMs: key => (calls.get(key)?.[0] ?? 0) + DAY_MS
  }
}

/** What the usage headers of one answer say. */
export interface Usage { percent: number, regainMinutes: number }

/** Counts a call. @returns its usage and, once the budget of calls is spent, the error 80002; calls beyond it count as well and lengthen it */
export function meterCall (world: World, { app, account }: Access): { usage: Usage, problem: GraphError | undefined } {
  const { callBudget } = world.options
  const key = `${app.id}:${account.id}`
  const now = world.clock.now()
  const calls = world.usage.count(key, now)
  const isOver = calls > callBudget
  const usage = {
    percent: Math.min(100, Math.floor(calls / callBudget * 100)),
    regainMinutes: isOver ? Math.ceil((world.usage.oldestLeavesAtMs(key) - now) / 60_000) : 0
  }
  const refused = graphError('80002')
  return { usage, problem: isOver ? new GraphError(refused.detail, world.switches.throttleStatus) : undefined }
}

/** Both usage headers, in whole percents and minutes. */
export function usageHeaders ({ account }: Access, { percent, regainMinutes }: Usage): Record<string, string> {
  return {
    'x-app-usage': JSON.stringify({ call_count: percent, total_time: percent >> 1, total_cputime: percent >> 1 }),
    'x-business-use-case-usage': JSON.stringify({
      [account.id]: [{ type: 'instagram', call_count: percent, total_cputime: percent >> 2, total_time: percent >> 1, estimated_time_to_regain_access: regainMinutes }]
    })
  }
}
