import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'

const PROGRAM = join(import.meta.dirname, '../../../../../test/chaos/sender/kill.ts')
t.setTimeout(300_000)

t.test('two nodes killed in turns lose nothing, number no fifth attempt, and log every request', async t => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [
    '--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning', PROGRAM, '--postgres', '--nodes', '2', '--deliveries', '600', '--kills', '4', '--check'
  ], { encoding: 'utf8' })
  t.equal(status, 0, status === 0 ? 'the audit found nothing' : stdout + stderr)
})
