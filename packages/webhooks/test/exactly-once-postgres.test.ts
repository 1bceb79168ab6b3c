import t from 'tap'
import { startPostgres } from './postgres.ts'
import { runExactlyOnce } from './exactly-once/run.ts'

t.setTimeout(120_000)

// The whole of it, 10,000 events, is `node test/chaos/webhooks-exactly-once.ts`.
t.test('60 events, each sent five times at once to four processes that are killed in turn, have 60 effects', async t => {
  const connectionString = await startPostgres(t)
  const report = await runExactlyOnce({ connectionString, events: 60, copies: 5, processes: 4, kill: { everyEvents: 15 }, inFlight: 8 })
  t.match(report, { effects: 60, distinct: 60 })
  t.ok(report.kills > 0, 'and processes were killed')
})
