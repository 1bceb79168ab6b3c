// What a sender with a great many pending deliveries costs while nothing is due: memory, processor time, time to start.
// Then 100,000 of them fall due at moments spread over some seconds: how late they start.
//
//   pnpm exec tsc -b && node --conditions=contactsheet-source test/bench/sender/idle.ts [--pending 1000000] [--due 100000] [--seconds 60]
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { atMost, report, told } from '../../results/report.ts'
import type { IdleReport } from './idle-sender.ts'
import { Cleanup, startPublishedProgram, temporaryFolder } from './processes.ts'
import { fillDatabase } from './fill.ts'

const { values } = parseArgs({ options: { pending: { type: 'string', default: '1000000' }, due: { type: 'string', default: '100000' }, seconds: { type: 'string', default: '60' } } })
const cleanup = new Cleanup()
try {
  const database = join(temporaryFolder(cleanup), 'sender.sqlite')
  await fillDatabase(database, { pending: Number(values.pending), due: Number(values.due), seconds: Number(values.seconds) })
  const { child, first: idle } = await startPublishedProgram<IdleReport>(cleanup, 'idle-sender.ts', database, values.seconds)
  const lateness = await new Promise<{ late: number[], early: number, count: number }>(resolve => child.once('message', resolve as (message: unknown) => void))
  report('sender-idle', `${Number(values.pending).toLocaleString('en')} deliveries pending`, [
    atMost('resident memory', idle.residentBytes / 1024 / 1024, 120, ' MB'),
    told('of which an empty Node process has', idle.emptyBytes / 1024 / 1024, ' MB'),
    atMost('start, until deliveries begin', idle.startMs, 1_000, ' ms'),
    atMost('processor time while idle', idle.cpuShare * 100, 0.5, ' %'),
    atMost(`lateness of ${lateness.count.toLocaleString('en')} retries, p99`, lateness.late[0] ?? NaN, 50, ' ms'),
    atMost('retries that started early', lateness.early, 0)
  ])
} finally {
  await cleanup.run()
}
