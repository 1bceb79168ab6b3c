import { channel } from 'node:diagnostics_channel'
import { BUCKETS_MS, type ConversionMessage, type ConversionMetrics, type Histogram, type RestartMessage } from '../domain/conversion/metrics.ts'

const CHANNELS = {
  conversion: channel('contactsheet.instagram.conversion'),
  restart: channel('contactsheet.instagram.conversion-restart')
}

/** Counts, and publishes on `diagnostics_channel` for those who listen. */
export function createConversionMetrics () {
  const outcomes: ConversionMetrics['outcomes'] = {}
  const restarts: ConversionMetrics['restarts'] = {}
  const wait = emptyHistogram()
  const work = emptyHistogram()

  return {
    ended (message: ConversionMessage): void {
      outcomes[message.outcome] = (outcomes[message.outcome] ?? 0) + 1
      if (message.waitMs !== undefined) observe(wait, message.waitMs)
      if (message.workMs !== undefined) observe(work, message.workMs)
      if (CHANNELS.conversion.hasSubscribers) CHANNELS.conversion.publish(message)
    },
    restarted (reason: RestartMessage['reason']): void {
      restarts[reason] = (restarts[reason] ?? 0) + 1
      if (CHANNELS.restart.hasSubscribers) CHANNELS.restart.publish({ reason } satisfies RestartMessage)
    },
    snapshot: () => structuredClone({ outcomes, restarts, wait, work })
  }
}

export type ConversionCounters = ReturnType<typeof createConversionMetrics>

function emptyHistogram (): Histogram {
  return { counts: Array.from({ length: BUCKETS_MS.length + 1 }, () => 0), sumMs: 0 }
}

function observe (histogram: Histogram, ms: number): void {
  const at = BUCKETS_MS.findIndex(bound => ms <= bound)
  const bucket = at === -1 ? BUCKETS_MS.length : at
  histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + 1
  histogram.sumMs += ms
}
