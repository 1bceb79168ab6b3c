import type { Logger } from '../options.ts'
import type { Style, Voice } from './io.ts'
import { clock } from './wording.ts'

export type Log = Logger & { readonly isForPeople: boolean }

const LEVELS = { info: 30, warn: 40, error: 50 } as const
type Level = keyof typeof LEVELS
const STYLES: Record<Level, Style> = { info: 'dim', warn: 'yellow', error: 'red' }

/** The log of `serve`: a line for people on a terminal, else a line of JSON with pino's fields. */
export function createLog (voice: Voice): Log {
  const isForPeople = voice.io.stdout.isTTY === true && !voice.isJson
  const write = isForPeople ? forPeople(voice) : forPrograms(voice)
  return {
    isForPeople,
    info: (fields, message) => write('info', fields, message),
    warn: (fields, message) => write('warn', fields, message),
    error: (fields, message) => write('error', fields, message)
  }
}

function forPeople (voice: Voice): (level: Level, fields: object, message: string) => void {
  return (level, fields, message) => {
    const details = Object.entries(fields).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}=${value instanceof Error ? value.message : String(value)}`)
    voice.say(`  ${voice.paint('dim', clock(Date.now()).slice(11))}  ${voice.paint(STYLES[level], level.padEnd(5))}  ${message}  ${voice.paint('dim', details.join(' '))}`.trimEnd())
  }
}

function forPrograms (voice: Voice): (level: Level, fields: object, message: string) => void {
  return (level, fields, message) => {
    const plain = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value instanceof Error ? { message: value.message, stack: value.stack } : value]))
    voice.io.stdout.write(`${JSON.stringify({ level: LEVELS[level], time: Date.now(), ...plain, msg: message })}\n`)
  }
}
