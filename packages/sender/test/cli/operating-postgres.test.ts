import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, watch, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import { EXIT } from '../../src/cli/exit.ts'
import { freePort } from '../helpers/free-port.ts'
import { startCluster } from '../../../webhooks/test/postgres.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/operating.md'), 'utf8')
const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const PRINTED_ADDRESS = 'postgres://sender:password@db.example/webhooks'
t.setTimeout(300_000)

/** A directory in which the page's commands run: with the program by its name, on ports that are free. */
async function workplace (t: Test): Promise<{ directory: string, run: (block: string) => string, start: (block: string) => ChildProcess }> {
  const directory = t.testdir({ bin: {} })
  const program = `#!/bin/sh\nexec ${process.execPath} --conditions=contactsheet-source --disable-warning=ExperimentalWarning ${MAIN} "$@"\n`
  writeFileSync(join(directory, 'bin/contactsheet-sender'), program, { mode: 0o755 })
  const [port, receiverPort] = [await freePort(), await freePort()]
  const env = {
    PATH: [join(directory, 'bin'), dirname(process.execPath), process.env.PATH].join(':'),
    CONTACTSHEET_SENDER_ALLOW: '127.0.0.1',
    CONTACTSHEET_SENDER_DATABASE: 'webhooks.sqlite',
    CONTACTSHEET_SENDER_SECRETS: 'keep-this-where-your-passwords-are',
    CONTACTSHEET_SENDER_SECRET: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'
  }
  const here = (block: string): string => `set -eu\n${block.replaceAll('4281', String(receiverPort)).replace('sender serve', `sender serve --port ${port}`).replace('sender listen', `sender listen --port ${receiverPort}`)}`
  return {
    directory,
    run (block) {
      const { status, stdout, stderr } = spawnSync('sh', ['-c', here(block)], { cwd: directory, env, encoding: 'utf8' })
      if (status !== 0) throw new Error(`exit ${status}: ${block}\n${stdout}${stderr}`)
      return stdout
    },
    start (block) {
      const child = spawn('sh', ['-c', here(block).replace('contactsheet-sender', 'exec contactsheet-sender')], { cwd: directory, env, stdio: ['ignore', 'pipe', 'inherit'] })
      t.teardown(async () => {
        child.kill('SIGTERM')
        if (child.exitCode === null) await once(child, 'exit')
      })
      return child
    }
  }
}

t.test('every command of the page runs, in the order in which it is printed', async t => {
  const { directory, run, start } = await workplace(t)
  const cluster = await startCluster()
  t.teardown(() => cluster.stop())
  await once(start('contactsheet-sender listen').stdout ?? t, 'data')
  let ran = 0
  for (const block of blocksOf(PAGE)) {
    if (block.trimEnd().endsWith('serve')) {
      start(block)
      await appears(directory, 'webhooks.sqlite-server')
    } else {
      const isPostgres = block.includes(PRINTED_ADDRESS)
      const output = run(isPostgres ? `contactsheet-sender endpoints add http://127.0.0.1:4281/ --database ${PRINTED_ADDRESS}\n${block}`.replaceAll(PRINTED_ADDRESS, await cluster.database()) : block)
      t.not(output, '', block)
    }
    ran++
  }
  t.ok(ran >= 7)
})

t.test('the page lists every exit code', async t => {
  const listed = [...PAGE.matchAll(/^\| (\d+) \| /gm)].map(([, code]) => Number(code))
  t.same(listed, Object.values(EXIT))
})

function blocksOf (page: string): string[] {
  return [...page.matchAll(/```sh\n([\s\S]+?)```/g)].map(([, block = '']) => block).reduce<string[]>((blocks, block) => {
    // A block that uses what an earlier one has set is run with it.
    const earlier = /\$ENDPOINT/.test(block) && !/ENDPOINT=/.test(block) ? blocks.find(text => text.includes('ENDPOINT='))?.split('\n')[0] : undefined
    return [...blocks, earlier === undefined ? block : `${earlier}\n${block}`]
  }, [])
}

async function appears (directory: string, name: string): Promise<void> {
  const watcher = watch(directory)
  while (!existsSync(join(directory, name))) await once(watcher, 'change')
  watcher.close()
}
