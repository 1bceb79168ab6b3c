import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Contender } from './contenders.ts'

const MB = 1_000_000
/** What Linux counts processor time in, on every common machine. */
const TICKS_PER_SECOND = 100
/** How long a server is left alone before its memory is read. */
const IDLE_MS = 3_000

export interface Installed {
  directory: string
  packages: number
  megabytes: number
  /** What of them is libvips, the library that decodes and encodes pictures: whoever converts has it or its like. */
  libvipsMegabytes: number
  installSeconds: number
}
export interface Started {
  startMs: number
  /** Processor time of the start, which a busy machine stretches less than the clock's. */
  startCpuMs: number
  idleMegabytes: number
}

/** Installs into an empty project with an empty cache. */
export function install ({ packages, program }: Contender): Installed {
  const directory = mkdtempSync(join(tmpdir(), 'contactsheet-footprint-'))
  writeFileSync(join(directory, 'package.json'), '{ "private": true, "type": "module" }')
  writeFileSync(join(directory, 'server.js'), program)
  const cache = mkdtempSync(join(tmpdir(), 'contactsheet-cache-'))
  const startedAt = performance.now()
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', `--cache=${cache}`, ...packages], { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] })
  const installSeconds = (performance.now() - startedAt) / 1000
  rmSync(cache, { recursive: true })
  const { packages: found } = JSON.parse(readFileSync(join(directory, 'node_modules/.package-lock.json'), 'utf8')) as { packages: object }
  const names = Object.keys(found)
  const libvips = names.filter(name => name.includes('sharp-libvips')).map(name => join(directory, name)).filter(existsSync)
  return {
    directory,
    packages: names.length,
    megabytes: bytesBelow(join(directory, 'node_modules')) / MB,
    libvipsMegabytes: libvips.reduce((sum, path) => sum + bytesBelow(path), 0) / MB,
    installSeconds
  }
}

function bytesBelow (path: string): number {
  const { size } = lstatSync(path)
  return lstatSync(path).isDirectory() ? readdirSync(path).reduce((sum, name) => sum + bytesBelow(join(path, name)), 0) : size
}

/** Starts the server once: from the start of the process to its first answer, and what it holds when it has nothing to do. */
export async function start ({ settings, path }: Contender, { directory }: Installed): Promise<Started> {
  const port = await freePort()
  const startedAt = performance.now()
  const server = spawn(process.execPath, ['server.js'], { cwd: directory, stdio: 'ignore', env: { ...process.env, NODE_ENV: 'production', ...settings, PORT: String(port) } })
  try {
    while (!await isAnswering(`http://127.0.0.1:${port}${path}`)) {
      if (server.exitCode !== null) throw new Error(`the server in ${directory} ended with exit code ${server.exitCode}`)
      await setTimeout(2)
    }
    const startMs = performance.now() - startedAt
    const startCpuMs = cpuMs(server.pid ?? 0)
    await setTimeout(IDLE_MS)
    return { startMs, startCpuMs, idleMegabytes: residentBytes(server.pid ?? 0) / MB }
  } finally {
    server.kill('SIGKILL')
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
  }
}

async function isAnswering (address: string): Promise<boolean> {
  return await fetch(address).then(({ ok }) => ok, () => false)
}

/** User and system time of a process. @see proc(5), /proc/pid/stat, fields 14 and 15 */
function cpuMs (pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 1000 / TICKS_PER_SECOND
}

function residentBytes (pid: number): number {
  const [, kibibytes = 'NaN'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kibibytes) * 1024
}

async function freePort (): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
