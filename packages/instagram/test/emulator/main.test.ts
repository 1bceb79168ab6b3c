import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'

const MAIN = fileURLToPath(new URL('../../src/emulator/main.ts', import.meta.url))

function run (t: Test, ...given: string[]) {
  const child = spawn(process.execPath, ['--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning', MAIN, ...given], { stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(() => child.kill('SIGKILL'))
  return child
}

/** The addresses it prints, by name. */
async function printed (child: ReturnType<typeof run>): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for await (const line of createInterface(child.stdout)) {
    const [, name = '', value = ''] = /^ {2}(app secret|\w+(?: id)?)\s+(\S+)$/.exec(line) ?? []
    found[name] = value
    if (name === 'app secret') break
  }
  return found
}

t.test('the command prints where everything is and ends cleanly on SIGTERM', async t => {
  const child = run(t, '--port', '0', '--answer', 'allow')
  const { graph, control, 'app id': appId } = await printed(child)
  t.equal((await fetch(`${graph ?? ''}/me`)).status, 400)
  t.match(await (await fetch(control ?? '')).json(), { apps: [{ id: appId }] })
  child.kill('SIGTERM')
  t.strictSame(await once(child, 'exit'), [0, null])
})

t.test('--config takes the options as JSON', async t => {
  const file = join(t.testdir(), 'emulator.json')
  await writeFile(file, JSON.stringify({ port: 0, accounts: [{ username: 'only.one' }], apps: [{ name: 'Mine' }] }))
  const { control } = await printed(run(t, '--config', file))
  t.match(await (await fetch(control ?? '')).json(), { accounts: [{ username: 'only.one' }], apps: [{ name: 'Mine' }] })
})

t.test('--help lists the flags', async t => {
  const child = run(t, '--help')
  t.match(await text(child.stdout), /--port[\s\S]+--redirect-uri[\s\S]+--config/)
})

for (const [name, given, message] of [
  ['an answer that does not exist', ['--answer', 'maybe'], '--answer must be ask, allow or deny, got maybe'],
  ['a port that is none', ['--port', '99999'], '--port must be a number of 0 to 65535, got 99999'],
  ['a flag that does not exist', ['--prot', '1'], "Unknown option '--prot'"]
] as const) {
  t.test(`${name} is refused in one line`, async t => {
    const child = run(t, ...given)
    const exit = once(child, 'exit')
    t.match(await text(child.stderr), `instagram-emulator: ${message}`)
    t.strictSame(await exit, [1, null])
  })
}
