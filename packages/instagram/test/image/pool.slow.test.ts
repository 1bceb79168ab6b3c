import { once } from 'node:events'
import { setTimeout as after } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { parseConversion } from '../../src/domain/conversion/parse.ts'
import { DEFAULT_LIMITS } from '../../src/image/limits.ts'
import { createProcessRunner } from '../../src/image/pool/process-runner.ts'
import type { Task } from '../../src/image/run-conversion.ts'
import { asFile, jpeg, scene } from './pictures.ts'

// A busy machine needs longer than the runner's default.
t.setTimeout(180_000)

function open (t: Test, processes = 2) {
  const restarts: string[] = []
  const runner = createProcessRunner({ processes, pixelCacheBytes: 1024 * 1024, onRestart: reason => restarts.push(reason) })
  t.teardown(async () => await runner.close())
  return { runner, restarts }
}

function taskOf (path: string, parameters: Record<string, unknown> = { w: 20 }, limits: Partial<Task['limits']> = {}): Task {
  return { source: path, path, overlayPath: undefined, plan: parseConversion(parameters), limits: { ...DEFAULT_LIMITS, ...limits }, mode: 'quality' }
}

/** So much work that no machine does it in a moment. */
const ENDLESS = { w: 4_000, h: 4_000, fit: 'scale', format: 'avif', compress: true, quality: 100 }

t.test('at the deadline the caller is told, the process is killed, and the next one gets a new process', async t => {
  const { runner, restarts } = open(t, 1)
  const path = await asFile(t, await jpeg(800, 800))
  await runner.run(taskOf(path), 0)
  const before = runner.workers[0]?.pid
  await t.rejects(runner.run(taskOf(path, ENDLESS, { deadlineMs: 300 }), 0), { code: 'CONVERSION_TIMED_OUT', statusCode: 504 })
  t.strictSame(restarts, ['deadline'])
  t.equal((await runner.run(taskOf(path), 0)).widthPx, 20)
  t.not(runner.workers[0]?.pid, before)
  t.throws(() => process.kill(before ?? 0, 0), { code: 'ESRCH' }, 'the old process is gone')
})

t.test('work that nobody waits for any more is stopped when it would still take long', async t => {
  const { runner, restarts } = open(t, 1)
  const path = await asFile(t, await jpeg(800, 800))
  await runner.run(taskOf(path), 0)
  const leaving = new AbortController()
  const left = t.rejects(runner.run(taskOf(path, ENDLESS), 0, leaving.signal), { message: 'nobody waits for it' })
  leaving.abort()
  await left
  t.strictSame(restarts, ['left'])
  t.equal((await runner.run(taskOf(path), 0)).widthPx, 20)
})

t.test('a process that is killed in the middle costs nobody an answer', async t => {
  const { runner, restarts } = open(t)
  const path = await asFile(t, await jpeg(1_500, 1_500))
  await runner.run(taskOf(path), 0)
  const work = runner.run(taskOf(path, { w: 1_200, blur: 20 }), 0)
  const other = runner.run(taskOf(path), 1)
  process.kill(runner.workers[0]?.pid ?? 0, 'SIGKILL')
  t.equal((await work).widthPx, 1_200)
  t.equal((await other).widthPx, 20)
  t.strictSame(restarts, ['ended'])
})

t.test('a picture that ends two processes is refused as unreadable', async t => {
  const { runner, restarts } = open(t, 1)
  const path = await asFile(t, await jpeg(800, 800))
  await runner.run(taskOf(path), 0)
  const work = runner.run(taskOf(path, ENDLESS), 0)
  const refused = t.rejects(work, { code: 'IMAGE_UNREADABLE', statusCode: 422 })
  for (let killed = 0; killed < 2; killed++) {
    const pid = runner.workers[0]?.pid ?? 0
    process.kill(pid, 'SIGKILL')
    while (runner.workers[0]?.pid === pid) await after(5)
  }
  await refused
  t.strictSame(restarts, ['ended', 'ended'])
  t.equal((await runner.run(taskOf(path), 0)).widthPx, 20)
})

t.test('an error of the decoder comes back with its code and without the decoder\'s own words', async t => {
  const { runner } = open(t, 1)
  const path = await asFile(t, (await jpeg()).subarray(0, 300))
  const error = await runner.run(taskOf(path), 0).catch((error: unknown) => error)
  t.match(error, { code: 'IMAGE_UNREADABLE', message: 'the picture is damaged or cannot be decoded', cause: { message: /./ } })
})

t.test('processes get neither the settings nor the secrets of the server', async t => {
  process.env['CONTACTSHEET_TEST_SECRET'] = 'secret'
  t.teardown(() => { delete process.env['CONTACTSHEET_TEST_SECRET'] })
  const { runner } = open(t, 1)
  await runner.run(taskOf(await asFile(t, await jpeg())), 0)
  const { readFile } = await import('node:fs/promises')
  const environment = await readFile(`/proc/${runner.workers[0]?.pid ?? 0}/environ`, 'utf8').catch(() => '')
  t.notMatch(environment, 'CONTACTSHEET_TEST_SECRET')
})

t.test('processes end with their runner, also one that is at work', async t => {
  const runner = createProcessRunner({ processes: 1, pixelCacheBytes: 1024 })
  const path = await asFile(t, await scene(200, 200).jpeg().toBuffer())
  await runner.run(taskOf(path), 0)
  const pid = runner.workers[0]?.pid ?? 0
  const work = runner.run(taskOf(path, ENDLESS), 0)
  const ended = t.rejects(work, { code: 'CONVERSION_BUSY' })
  await runner.close()
  await ended
  t.throws(() => process.kill(pid, 0), { code: 'ESRCH' })
})

t.test('nothing is started before there is work, and forgetting needs no process', async t => {
  const { runner } = open(t)
  runner.forget('x')
  t.strictSame(runner.workers.map(({ pid }) => pid), [undefined, undefined])
  await t.rejects(runner.run(taskOf('/nowhere'), 7), { name: 'RangeError' })
})

t.test('a process tells itself to end when the server is gone', async t => {
  const { fork } = await import('node:child_process')
  const child = fork(new URL('../../src/image/pool/child.ts', import.meta.url), ['1024'], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  await once(child, 'spawn')
  child.disconnect()
  const [code] = await once(child, 'exit')
  t.equal(code, 0)
})
