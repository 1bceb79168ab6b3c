import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Test } from 'tap'
import { freePort } from './free-port.ts'

export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

/** Starts Node without the hooks that the test runner gives to every Node process through this variable. */
const PLAIN_NODE = ['-u', 'NODE_OPTIONS', process.execPath]

const SETTINGS = {
  WEBHOOK_URL: 'https://receiver.example/webhooks',
  WEBHOOK_SECRET,
  CONTACTSHEET_SECRET: 'a secret of the samples, long enough',
  SENDER_SECRET: 'a key of the samples for tests only',
  INSTAGRAM_APP_ID: '1234567890123456',
  INSTAGRAM_APP_SECRET: '0123456789abcdef0123456789abcdef',
  META_APP_ID: '6543210987654321',
  META_APP_SECRET: 'fedcba9876543210fedcba9876543210'
}

/** The code blocks of a language in a page. */
export function blocksOf (page: string, language: string): string[] {
  const text = readFileSync(join(import.meta.dirname, '../..', page), 'utf8')
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, code = '']) => code)
}

/** The first `ts` sample of a page: the server. */
export function sampleOf (page: string): string {
  const [sample] = blocksOf(page, 'ts')
  if (sample === undefined) throw new Error(`expected a sample in ${page}`)
  return sample
}

/** Runs a sample as a process that finds the packages from here, in an empty folder, and waits until it answers at the given address. */
export async function start (t: Test, name: string, sample: string, settings: Record<string, string> = {}): Promise<string> {
  const port = await freePort()
  const address = `http://localhost:${port}`
  const host = spawn('env', [...PLAIN_NODE, '--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning', fileOf(t, name, sample)], {
    cwd: t.testdir(),
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...SETTINGS, PORT: String(port), PUBLIC_URL: address, ...settings }
  })
  let said = ''
  host.stderr?.setEncoding('utf8').on('data', text => { said += text })
  const died = (): void => { t.fail(`${name} ended before the test did`, { said }) }
  host.once('close', died)
  t.teardown(async () => {
    host.off('close', died)
    host.kill('SIGKILL')
    if (host.exitCode === null && host.signalCode === null) await once(host, 'exit')
  })
  return await answering(host, address)
}

/** Runs a sample that ends by itself; answers what it printed. */
export async function run (t: Test, name: string, sample: string, settings: Record<string, string>, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('env', [...PLAIN_NODE, fileOf(t, name, sample), ...args], { env: { ...process.env, ...settings } })
  return stdout
}

function fileOf (t: Test, name: string, sample: string): string {
  const file = join(import.meta.dirname, `.${name}.ts`)
  writeFileSync(file, sample)
  t.teardown(() => rmSync(file, { force: true }))
  return file
}

/** Asks with pauses: a client that knocks without one may get the very port that the server is about to take, and keep it from it. */
async function answering (host: ChildProcess, address: string): Promise<string> {
  while (host.exitCode === null) {
    const response = await fetch(address).catch(() => undefined)
    if (response !== undefined) return address
    await pause(50)
  }
  throw new Error(`the sample ended with exit code ${host.exitCode}`)
}
