import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Test } from 'tap'

const require = createRequire(import.meta.url)
/** The test runner's own hooks reach every Node process through this variable; an empty project has none. */
const { NODE_OPTIONS: _, ...environment } = process.env

/** The Node versions that the packages support, each from the npm package `node`. */
export const NODES = Object.fromEntries(['node-22', 'node', 'node-26'].map(name => {
  const manifest = require.resolve(`${name}/package.json`)
  const { version } = require(manifest) as { version: string }
  return [version, join(dirname(manifest), 'bin/node')]
}))

export type Project = Awaited<ReturnType<typeof createProject>>

/** How a user adds packages. pnpm lets a package see only what it depends on. */
const INSTALL = {
  npm: ['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'],
  pnpm: ['pnpm', 'add', '--prefer-offline', '--loglevel=error']
} as const

/**
 * An empty project outside of this repository, with packages installed into it as a user would.
 *
 * @param overrides - for pnpm: where it finds packages that are not published yet, and that others depend on
 */
export async function createProject (t: Test, packages: readonly string[], manager: keyof typeof INSTALL = 'npm', overrides: Readonly<Record<string, string>> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'contactsheet-project-'))
  t.teardown(() => rmSync(directory, { recursive: true, force: true }))
  const write = (name: string, text: string): void => writeFileSync(join(directory, name), text)
  write('package.json', JSON.stringify({ private: true, type: 'module' }))
  write('pnpm-workspace.yaml', JSON.stringify({ overrides }))
  const [command, ...args] = INSTALL[manager]
  await promisify(execFile)(command, [...args, ...packages], { cwd: directory, env: environment, timeout: 240_000 })

  return {
    directory,
    write,

    /** Runs a program of the project to its end; answers what it printed. */
    async run (command: string, args: readonly string[], settings: Record<string, string> = {}): Promise<string> {
      try {
        const { stdout } = await promisify(execFile)('env', ['-u', 'NODE_OPTIONS', command, ...args], { cwd: directory, env: { ...environment, ...settings }, timeout: 120_000 })
        return stdout
      } catch (error) {
        const { stdout, stderr } = error as { stdout: string, stderr: string }
        throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error })
      }
    },

    /** Runs a server of the project until it has answered one request; answers the status. */
    async ask (node: string, file: string, settings: Record<string, string>, path: string, request: RequestInit = {}): Promise<number> {
      const port = await freePort()
      const address = `http://localhost:${port}`
      const server = spawn('env', ['-u', 'NODE_OPTIONS', node, file], { cwd: directory, stdio: 'ignore', env: { ...environment, ...settings, PORT: String(port), PUBLIC_URL: address } })
      try {
        while (server.exitCode === null) {
          const response = await fetch(address + path, request).catch(() => undefined)
          if (response !== undefined) return response.status
        }
        throw new Error(`${file} ended with exit code ${server.exitCode}`)
      } finally {
        server.kill('SIGKILL')
        if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
      }
    }
  }
}

async function freePort (): Promise<number> {
  const probe = createServer().listen(0, 'localhost')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
