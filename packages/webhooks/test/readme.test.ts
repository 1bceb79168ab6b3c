import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { KNOWN_ACTIONS } from '../src/index.ts'
import { STATUS } from '../src/errors.ts'
import { DEFAULT_LIMITS } from '../src/receiver-options.ts'
import { TEST_SECRET } from '../src/testing.ts'

t.setTimeout(120_000)
const execute = promisify(execFile)

const run = (program: string, args: string[]) => execute(program, args, { env: { ...process.env, WEBHOOK_SECRET: TEST_SECRET } })

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const directory = new URL('.readme/', import.meta.url)
const blocks = [...readme.matchAll(/```ts\n\/\/ (\S+)\n(.*?)```/gs)].map(([, name = '', code = '']) => ({ name, code }))

/** What is sent to a sample and what it must have printed. */
const ENDINGS: Readonly<Record<string, { code: string, prints: RegExp[] }>> = {
  'server.ts': {
    code: `const { signedRequest, fixture } = await import('@contactsheet/webhooks/testing')
      const { headers, body } = signedRequest(fixture('fp.upload'))
      const address = 'http://localhost:' + (app.server.address() as { port: number }).port
      const answer = await fetch(address + '/webhooks/instagram', { method: 'POST', headers, body: new Uint8Array(body) })
      console.log(await answer.text())
      await app.close()`,
    prints: [/a photo was picked/, /\{"outcome":"handled"\}/]
  },
  'fetch.ts': {
    code: `const { signedRequest, fixture } = await import('@contactsheet/webhooks/testing')
      const { headers, body } = signedRequest(fixture('fp.delete'))
      const answer = await POST(new Request('http://host.test/', { method: 'POST', headers, body: new Uint8Array(body) }))
      console.log(await answer.text())`,
    prints: [/gone https:/, /\{"outcome":"handled"\}/]
  },
  'node.ts': { code: "server.close(() => console.log('closed'))", prints: [/closed/] },
  'verify.ts': { code: '', prints: [/standard 0/] },
  'transactional.ts': { code: 'console.log(typeof receiver.receive); await pool.end()', prints: [/function/] },
  'durable.ts': {
    code: `const { signedRequest, fixture } = await import('@contactsheet/webhooks/testing')
      console.log((await receiver.receive(signedRequest(fixture('fp.upload')))).outcome)
      await receiver.close()
      database.close()`,
    prints: [/stored.*handled after the answer/s]
  },
  'upload.test.ts': { code: '', prints: [/200 \[ 'cat.jpg' \]/] }
}

mkdirSync(directory, { recursive: true })
t.teardown(() => rmSync(directory, { recursive: true }))
for (const { name, code } of blocks) {
  // Any free port, and a database that nobody keeps.
  const runnable = code.replaceAll('3000', '0').replace("'webhooks.db'", "':memory:'")
  writeFileSync(new URL(name, directory), `${runnable}\nexport {}\n${ENDINGS[name]?.code ?? ''}\n`)
}

t.test('every sample has an ending here, so that none goes untested', async t => {
  t.same(blocks.map(({ name }) => name).sort(), Object.keys(ENDINGS).sort())
})

for (const { name } of blocks) {
  t.test(`the sample ${name} runs and does what it says`, async t => {
    const { stdout } = await run(process.execPath, [
      '--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning', fileURLToPath(new URL(name, directory))
    ])
    for (const print of ENDINGS[name]?.prints ?? []) t.match(stdout, print)
  })
}

t.test('the samples compile', async t => {
  const options = JSON.parse(readFileSync(new URL('tsconfig.json', import.meta.url), 'utf8')) as { extends: string, compilerOptions: object }
  writeFileSync(new URL('tsconfig.json', directory), JSON.stringify({ ...options, extends: `../${options.extends}`, include: ['.'], references: [] }))
  // The runner's own hooks reach every Node process through this variable, and the compiler cannot be loaded with them.
  t.same(await run('env', ['-u', 'NODE_OPTIONS', 'tsc', '-p', fileURLToPath(directory)]), { stdout: '', stderr: '' })
})

t.test('every code is in the readme with its status, and every row is a code', async t => {
  const rows = Object.fromEntries([...readme.matchAll(/^\| `(WEBHOOK_\w+)` \| (\d+) \|/gm)].map(([, code, status]) => [code, Number(status)]))
  for (const [code, status] of Object.entries(rows)) t.equal(STATUS[code as keyof typeof STATUS], status, code)
  for (const code of Object.keys(STATUS)) t.match(readme, new RegExp(`\`${code}\``), code)
})

t.test('every limit and every action is in the readme', async t => {
  for (const [name, value] of Object.entries(DEFAULT_LIMITS)) t.match(readme, new RegExp(`\`limits.${name}\`.*${value.toLocaleString('en')}`), name)
  for (const action of KNOWN_ACTIONS) t.match(readme, `| \`${action}\` |`)
})
