import type { Step } from './operations.ts'
import type { Format, Output } from './output.ts'

/** What to do to a picture: pure data, validated and clamped, the same text for the same meaning. */
export interface ConversionPlan {
  /** Canonical text of every setting; part of the cache key and of the ETag. */
  key: string
  /** In the order in which they run. */
  steps: readonly Step[]
  output: Output
}

export function toPlan (steps: readonly Step[], output: Output): ConversionPlan {
  return { key: JSON.stringify([steps.map(({ name, settings }) => [name, settings]), output]), steps, output }
}

/** The same plan with `format=auto` decided. */
export function withFormat (plan: ConversionPlan, format: Format | 'source'): ConversionPlan {
  return toPlan(plan.steps, { ...plan.output, format })
}
