import { join } from 'node:path'
import t from 'tap'
import { cli } from '../run-cli.ts'

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'
const BODY = '{"action":"fp.upload","id":1}'

t.test('what sign prints, verify accepts', async t => {
  const { stdout } = await cli(['sign', '--secret', SECRET], { input: BODY })
  t.match(stdout, /^FS-Timestamp: \d+\nFS-Signature: [0-9a-f]{64}\nwebhook-id: msg_test\nwebhook-timestamp: \d+\nwebhook-signature: v1,/i)
  const headers = join(t.testdir({ headers: stdout }), 'headers')
  const { code, stdout: answer } = await cli(['verify', '--secret', SECRET, '--headers', headers], { input: BODY })
  t.match([code, answer], [0, /^valid {2}standard, signed /])
})

t.test('a changed body does not verify: exit code 1, and the reason', async t => {
  const { stdout } = await cli(['sign', '--secret', SECRET, '--json'], { input: BODY })
  const headers = Object.entries(JSON.parse(stdout)).flatMap(([name, value]) => ['--header', `${name}: ${String(value)}`])
  const { code, stderr } = await cli(['verify', '--secret', SECRET, ...headers], { input: BODY.replace('1', '2') })
  t.match([code, stderr], [1, /WEBHOOK_SIGNATURE_MISMATCH/])
})

t.test('an old signature verifies only with the tolerance for it', async t => {
  const { stdout } = await cli(['sign', '--secret', SECRET, '--timestamp', '1700000000', '--json'], { input: BODY })
  const headers = Object.entries(JSON.parse(stdout)).flatMap(([name, value]) => ['--header', `${name}: ${String(value)}`])
  t.equal((await cli(['verify', '--secret', SECRET, ...headers], { input: BODY })).code, 1)
  t.equal((await cli(['verify', '--secret', SECRET, '--tolerance', '100y', ...headers], { input: BODY })).code, 0)
})

t.test('the secret may come from the environment, and a missing one is wrong usage', async t => {
  t.equal((await cli(['sign'], { input: BODY, env: { CONTACTSHEET_SENDER_SECRET: SECRET } })).code, 0)
  t.equal((await cli(['sign'], { input: BODY })).code, 2)
  t.equal((await cli(['verify', '--secret', SECRET], { input: BODY })).code, 2)
})
