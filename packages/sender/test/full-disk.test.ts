import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { SECRET, build, fakeNetwork, nextTurn } from './helpers/build.ts'

const HOOK = 'https://receiver.example/hook'
const PROGRAM = join(import.meta.dirname, 'helpers/send-until-full.ts')
/** No file of the process may become larger, in the shell's blocks (512 or 1,024 bytes). */
const MOST_BLOCKS = 2_000
/** The test runner's own hooks, which come with the environment, would write a file that is larger. */
const LIMITED = `unset NODE_OPTIONS; ulimit -f ${MOST_BLOCKS}; exec "$0" "$@"`

t.test('where no more can be written events are refused, the process says that it is not ready, and nothing stored is lost', async t => {
  const database = join(t.testdir(), 'sender.sqlite')
  const { stdout } = await promisify(execFile)('sh', ['-c', LIMITED,
    process.execPath, '--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning', PROGRAM, database, HOOK, SECRET], { timeout: 60_000, killSignal: 'SIGKILL' })
  const { stored, refusal, check } = JSON.parse(stdout) as { stored: number, refusal: string, check: string }
  t.ok(stored > 0)
  t.match(refusal, /^SENDER_DATABASE_UNAVAILABLE the database cannot be used now: .*disk/)
  t.equal(check, refusal)

  const sender = build(t, { database, endpoints: [{ url: HOOK, secret: SECRET }], transport: fakeNetwork(() => ({ status: 200 })) })
  await sender.start()
  while ((await sender.deliveries.counts()).delivered < stored) await nextTurn()
  t.same(await sender.deliveries.counts(), { pending: 0, inFlight: 0, delivered: stored, exhausted: 0, cancelled: 0 })
  await sender.check()
})
