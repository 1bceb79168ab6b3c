// 10,000 events, each sent five times at once to four receivers on one PostgreSQL, one of which is killed every second,
// or after so many events. Exactly 10,000 effects must be there in the end.
//
//   pnpm --filter @contactsheet-test/chaos run webhooks-exactly-once [events] [events per kill]
import { runExactlyOnce } from '../../packages/webhooks/test/exactly-once/run.ts'
import { startPostgres } from '../../packages/webhooks/test/postgres.ts'

const [events = 10_000, everyEvents] = process.argv.slice(2).map(Number)
const kill = everyEvents === undefined ? { everyMs: 1000 } : { everyEvents }
const afterwards: Array<() => unknown> = []
const connectionString = await startPostgres({ teardown: (...work) => { afterwards.push(...work) } }, { isDurable: true })

const report = await runExactlyOnce({ connectionString, events, copies: 5, processes: 4, kill, inFlight: 8 })
console.log(report)
for (const work of afterwards) await work()

const isExact = report.effects === events && report.distinct === events
console.log(isExact ? `exactly ${events} effects` : 'FAILED')
process.exitCode = isExact ? 0 : 1
