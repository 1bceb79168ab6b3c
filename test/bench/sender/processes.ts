import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { freePort } from '../../../packages/sender/test/helpers/free-port.ts'
import { startPostgres } from '../../../packages/webhooks/test/postgres.ts'

/** Ends everything that a program started, the newest first. */
export class Cleanup {
  readonly #work: Array<() => unknown> = []

  add (...work: Array<() => unknown>): void {
    this.#work.push(...work)
  }

  async run (): Promise<void> {
    for (const work of this.#work.reverse()) await work()
  }
}

export function temporaryFolder (cleanup: Cleanup): string {
  const folder = mkdtempSync(join(tmpdir(), 'contactsheet-bench-'))
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A Redis that writes every command to disk before it answers. */
export async function startRedis (cleanup: Cleanup): Promise<number> {
  const port = await freePort()
  const server = spawn('redis-server', [
    '--port', String(port), '--bind', '127.0.0.1', '--dir', temporaryFolder(cleanup), '--save', '', '--appendonly', 'yes', '--appendfsync', 'always'
  ], { stdio: ['ignore', 'pipe', 'inherit'] })
  server.once('error', error => {
    console.error(`Redis is part of this comparison and cannot be started (${error.message}): install the package redis-server`)
    process.exit(1)
  })
  cleanup.add(() => end(server))
  for await (const line of server.stdout) if (String(line).includes('Ready to accept connections')) break
  return port
}

export function startPostgresFor (cleanup: Cleanup): Promise<string> {
  return startPostgres({ teardown: (...work) => cleanup.add(...work) }, { isDurable: true })
}

/** Forks a program beside this one and resolves with its first message. */
export function startProgram<Message> (cleanup: Cleanup, file: string, ...args: string[]): Promise<Started<Message>> {
  return started(cleanup, fork(join(import.meta.dirname, file), args))
}

/**
 * The same, with the program as JavaScript and our packages as they are published, because reading TypeScript costs Node
 * tens of megabytes.
 */
export async function startPublishedProgram<Message> (cleanup: Cleanup, file: string, ...args: string[]): Promise<Started<Message>> {
  const outfile = join(import.meta.dirname, 'dist', file.replace(/ts$/, 'js'))
  await build({ entryPoints: [join(import.meta.dirname, file)], outfile, bundle: true, platform: 'node', format: 'esm', external: ['@contactsheet/*'] })
  return await started(cleanup, fork(outfile, args, { execArgv: ['--disable-warning=ExperimentalWarning'] }))
}

export interface Started<Message> {
  child: ChildProcess
  first: Message
}

async function started<Message> (cleanup: Cleanup, child: ChildProcess): Promise<Started<Message>> {
  cleanup.add(() => end(child))
  const [first] = await once(child, 'message') as [Message]
  return { child, first }
}

async function end (child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
