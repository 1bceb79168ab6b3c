import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { TaskResult } from './run-conversion.ts'

type Head = Pick<TaskResult, 'mimetype' | 'widthPx' | 'heightPx'> & { size: number }

const LENGTH_BYTES = 4

/** Ends the names of files that are not whole yet. */
export const PART = '.part'

/** A result as a file keeps it: it says its own length, so that no half of one is taken for one. */
export function packResult ({ bytes, mimetype, widthPx, heightPx }: TaskResult): Buffer {
  const head = Buffer.from(JSON.stringify({ mimetype, widthPx, heightPx, size: bytes.length } satisfies Head))
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(head.length)
  return Buffer.concat([length, head, bytes])
}

export function unpackResult (packed: Buffer): TaskResult | undefined {
  try {
    const start = LENGTH_BYTES + packed.readUInt32BE(0)
    const { size, ...head } = JSON.parse(packed.toString('utf8', LENGTH_BYTES, start)) as Head
    const bytes = packed.subarray(start)
    return bytes.length === size ? { bytes, ...head } : undefined
  } catch {
    return undefined
  }
}

/**
 * Writes beside the place and renames. In a process of the pool this waits for the disk, which costs it a fifth of the
 * processor time of four asynchronous calls. A cache that cannot be written is no reason to fail.
 */
export function writeResultFile (path: string, result: TaskResult): void {
  const part = `${path}.${process.pid}${PART}`
  const packed = packResult(result)
  try {
    try {
      writeFileSync(part, packed, { mode: 0o600 })
    } catch {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      writeFileSync(part, packed, { mode: 0o600 })
    }
    renameSync(part, path)
  } catch {
    rmSync(part, { force: true })
  }
}
