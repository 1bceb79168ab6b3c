import { fork, spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { request, type ClientRequest } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../../src/stores/open-database.ts'

const HOUR_MS = 60 * 60 * 1000

export interface HostPlan {
  database: string
  directory: string
  /** A line of JSON for every event that `onEvent` got. */
  toldPath: string
  /** How far its clock is ahead. */
  aheadMs?: number
}

export interface Host {
  child: ChildProcess
  port: number
  kill: () => Promise<void>
}

export interface Blob { url: string, size: number, key: string }

const PROGRAM = fileURLToPath(new URL('./host.ts', import.meta.url))
const FLAGS = ['--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning']

export async function startHost (plan: HostPlan): Promise<Host> {
  return await ready(fork(PROGRAM, [JSON.stringify(plan)], { execArgv: FLAGS }))
}

/**
 * A host none of whose files may become larger, as if the disk had no more room.
 *
 * @param blocks - as the shell counts: of 512 or 1,024 bytes
 */
export async function startHostWithFilesUpTo (blocks: number, plan: HostPlan): Promise<Host> {
  // The test runner's own hooks, which come with the environment, would write a file that is larger.
  const limited = `unset NODE_OPTIONS; ulimit -f ${blocks}; exec "$0" "$@"`
  return await ready(spawn('sh', ['-c', limited, process.execPath, ...FLAGS, PROGRAM, JSON.stringify(plan)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }))
}

async function ready (child: ChildProcess): Promise<Host> {
  const [port] = await Promise.race([once(child, 'message'), once(child, 'exit').then(([code]) => { throw new Error(`the host ended with ${String(code)}`) })]) as [number]
  return {
    child,
    port,
    async kill () {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }
  }
}

/** Sends bytes in pieces, so that there is a middle to be killed in; `undefined` when no answer came. */
export async function uploadSlowly (port: number, bytes: Buffer, pieces = 6): Promise<Blob | undefined> {
  return await new Promise(resolve => {
    const outgoing = request({ port, host: '127.0.0.1', method: 'POST', path: '/api/store/S3?filename=a.bin', headers: { 'content-type': 'application/octet-stream' } }, response => {
      let text = ''
      response.on('data', chunk => { text += String(chunk) })
      response.on('error', () => { resolve(undefined) })
      response.on('end', () => { resolve(response.statusCode === 200 ? JSON.parse(text) as Blob : undefined) })
    })
    outgoing.on('error', () => { resolve(undefined) })
    outgoing.on('close', () => { resolve(undefined) })
    writeSlowly(outgoing, bytes, pieces).catch(() => { outgoing.destroy() })
  })
}

async function writeSlowly (outgoing: ClientRequest, bytes: Buffer, pieces: number): Promise<void> {
  const size = Math.ceil(bytes.length / pieces)
  for (let start = 0; start < bytes.length && !outgoing.destroyed; start += size) {
    outgoing.write(bytes.subarray(start, start + size))
    await setTimeout(2)
  }
  outgoing.end()
}

export interface Findings {
  /** Rows whose bytes are missing or others. */
  rowsWithoutBytes: string[]
  /** Objects in storage that no row has, and parts of copies. */
  bytesWithoutRow: string[]
  /** Rows whose `fp.upload` was never told. */
  untold: string[]
  /** Urls that were told under more than one id. */
  toldTwice: string[]
  rows: Set<string>
}

/** Compares rows, bytes and events, when every host is still. */
async function inspect ({ database: address, directory, toldPath }: HostPlan): Promise<Findings> {
  const database = await openDatabase(address)
  const rows = await database.selectFrom('contactsheet_files').select(['handle', 'key', 'sha256']).execute()
  await database.destroy()
  const objects = filesBelow(directory)
  const hashOf = (key: string): string | undefined => objects.has(`files/${key}`) ? createHash('sha256').update(readFileSync(`${directory}/files/${key}`)).digest('hex') : undefined
  const idsOf = toldIds(toldPath)
  const keys = new Set(rows.map(({ key }) => `files/${key}`))
  return {
    rowsWithoutBytes: rows.filter(({ key, sha256 }) => hashOf(key ?? '') !== sha256).map(({ handle }) => handle),
    bytesWithoutRow: [...objects].filter(path => !keys.has(path)),
    untold: rows.filter(({ handle }) => !idsOf.has(handle)).map(({ handle }) => handle),
    toldTwice: [...idsOf].filter(([, ids]) => ids.size > 1).map(([handle]) => handle),
    rows: new Set(rows.map(({ handle }) => handle))
  }
}

/** Starts a host whose clock is far ahead, lets it sweep, and waits until every event is told. */
export async function settle (plan: HostPlan): Promise<{ host: Host, found: Findings }> {
  const host = await startHost({ ...plan, aheadMs: HOUR_MS })
  await fetch(`http://127.0.0.1:${host.port}/sweep`)
  let found = await inspect(plan)
  while (found.untold.length > 0) {
    await setTimeout(20)
    found = await inspect(plan)
  }
  return { host, found }
}

function filesBelow (directory: string): Set<string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
  return new Set(entries.filter(entry => entry.isFile()).map(entry => `${entry.parentPath}/${entry.name}`.slice(directory.length + 1)))
}

/** The ids under which each handle was told. */
function toldIds (path: string): Map<string, Set<number>> {
  const told = new Map<string, Set<number>>()
  for (const line of readFileSync(path, 'utf8').split('\n').filter(line => line.endsWith('}'))) {
    const { id, text } = JSON.parse(line) as { id: number, text: { url: string } }
    const handle = text.url.slice(-20)
    told.set(handle, (told.get(handle) ?? new Set()).add(id))
  }
  return told
}
