// A sender of its own process: tells what it costs while it waits, then how late the retries start that fall due.
import { subscribe } from 'node:diagnostics_channel'
import { createSender, type AttemptMessage } from '@contactsheet/sender'
import { percentile } from '../../results/report.ts'
import { FIRST_DUE_MS, IDLE_ENDPOINT } from './fill.ts'

const IDLE_MS = 8_000
/** From the start until the first retry falls due. */
const LEAD_MS = 15_000

export interface IdleReport {
  emptyBytes: number
  residentBytes: number
  startMs: number
  /** Processor time by time passed. */
  cpuShare: number
}

const [database = '', seconds = ''] = process.argv.slice(2)
const emptyBytes = process.memoryUsage.rss()
const late: number[] = []
let early = 0
subscribe('contactsheet.sender.attempt', message => {
  const { lateMs } = message as AttemptMessage
  late.push(lateMs)
  if (lateMs < 0) early++
})

const startedAt = performance.now()
const now = (): number => Math.floor(FIRST_DUE_MS - LEAD_MS + performance.now() - startedAt)
const sender = createSender({ database, now, endpoints: [IDLE_ENDPOINT], transport: { post: async () => ({ status: 200, timings: { totalMs: 0 } }), close: async () => {} } })
await sender.start()
const startMs = performance.now() - startedAt
await pause(1_000)
const before = process.cpuUsage()
await pause(IDLE_MS)
const { user, system } = process.cpuUsage(before)
process.send?.({ emptyBytes, residentBytes: process.memoryUsage.rss(), startMs, cpuShare: (user + system) / 1000 / IDLE_MS } satisfies IdleReport)

await pause((Number(seconds) + LEAD_MS / 1_000) * 1_000)
process.send?.({ late: [percentile(late, 0.99)], early, count: late.length })
await sender.close()

function pause (milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds))
}
