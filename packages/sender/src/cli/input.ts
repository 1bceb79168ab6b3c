import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { CliError, EXIT, usage } from './exit.ts'
import type { Io } from './io.ts'

/** The bytes of a file, or of standard input for `-`. */
export async function readInput (file: string, { stdin }: Io): Promise<Buffer> {
  if (file === '-') {
    if (stdin.isTTY) throw usage('name a file, or pipe the event in')
    return await buffer(stdin)
  }
  try {
    return await readFile(file)
  } catch (cause) {
    throw new CliError(EXIT.usage, 'CLI_FILE_UNREADABLE', `cannot read ${file}: ${(cause as Error).message}`, { cause })
  }
}

/** JSON objects: one, a list of them, or one per line. */
export function parseObjects (bytes: Buffer, name: string): object[] {
  const text = bytes.toString('utf8').trim()
  const whole = tryParse(text)
  const values = whole === undefined
    ? text.split('\n').filter(line => line.trim() !== '').map((line, index) => tryParse(line) ?? notJson(name, index + 1))
    : Array.isArray(whole) ? whole : [whole]
  const stranger = values.findIndex(value => typeof value !== 'object' || value === null || Array.isArray(value))
  if (stranger !== -1 || values.length === 0) throw usage(`${name} must hold JSON objects: one, a list, or one per line`)
  return values as object[]
}

function tryParse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function notJson (name: string, line: number): never {
  throw usage(`line ${line} of ${name} is not JSON`)
}
