import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')

function main (args: string[], env: Record<string, string> = {}): { status: number | null, stdout: string, stderr: string } {
  return spawnSync(process.execPath, ['--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning', MAIN, ...args],
    { encoding: 'utf8', cwd: t.testdirName, env: { PATH: process.env.PATH, ...env } })
}

t.before(() => { t.testdir() })

t.test('the program answers its version and the list of its commands', async t => {
  t.match(main(['--version']), { status: 0, stdout: /^\d+\.\d+\.\d+\n$/ })
  const { stdout } = main(['--help'])
  for (const command of ['serve', 'endpoints', 'send', 'deliveries', 'ping', 'recover', 'erase', 'sign', 'verify', 'listen']) t.match(stdout, new RegExp(`^  ${command}\\b`, 'm'))
})

t.test('a command that does not exist is exit code 2 with a suggestion', async t => {
  t.match(main(['endpionts']), { status: 2, stderr: /unknown command 'endpionts'\n\(Did you mean endpoints\?\)/ })
})

t.test('a database that is not there is exit code 3, and no file is made', async t => {
  t.match(main(['deliveries', 'list']), { status: 3, stderr: /there is no database contactsheet-sender\.sqlite/ })
  t.match(main(['deliveries', 'list']), { status: 3 })
})

t.test('an error under --json is one line of JSON on standard error', async t => {
  const { stderr, stdout } = main(['deliveries', 'list', '--json'])
  t.equal(stdout, '')
  t.match(JSON.parse(stderr), { error: { code: 'CLI_DATABASE_MISSING', message: String } })
})

t.test('colours come when they are wanted and only then', async t => {
  const RED_ERROR = '\u001b[31merror'
  t.notOk(main(['deliveries', 'list']).stderr.includes('\u001b'))
  t.ok(main(['deliveries', 'list'], { FORCE_COLOR: '1' }).stderr.includes(RED_ERROR))
  t.notOk(main(['deliveries', 'list'], { NO_COLOR: '1' }).stderr.includes('\u001b'))
})
