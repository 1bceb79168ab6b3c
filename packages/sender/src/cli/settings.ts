import { InvalidArgumentError, Option, type Command } from 'commander'
import ms, { type StringValue } from 'ms'
import type { Voice } from './io.ts'

export const DEFAULT_DATABASE = 'contactsheet-sender.sqlite'

/** What a command needs to find the sender, from its options or else from the environment. */
export interface Settings {
  database: string
  secrets: string[]
  allow: string[]
  server: string | undefined
  token: string[]
}

/** The same as options may give it. */
export type GivenSettings = { [Name in keyof Settings]?: Settings[Name] }

/** Adds the options of commands that open the database. */
export function withDatabase (command: Command): Command {
  return command
    .option('--json', 'print JSON')
    .optionsGroup('Where the sender is:')
    .option('--database <file|address>', `a file, or postgres://… (default: ${DEFAULT_DATABASE})`)
    .option('--secrets <keys>', 'keys under which endpoint secrets are encrypted; better by the environment', list)
    .option('--allow <hosts>', 'hosts and ranges that may be called although they are not public', list)
}

/** Adds the options of commands that ask the sender something. */
export function withConnection (command: Command): Command {
  return withDatabase(command)
    .option('--server <url>', 'a running server, instead of the database')
    .addOption(tokenOption('the server\'s token'))
}

export function tokenOption (description: string): Option {
  return new Option('--token <token>', description).argParser(list)
}

/** The one place that reads the environment. */
export function settingsOf (given: GivenSettings, { io: { env } }: Voice): Settings {
  return {
    database: given.database ?? env.CONTACTSHEET_SENDER_DATABASE ?? DEFAULT_DATABASE,
    secrets: given.secrets ?? list(env.CONTACTSHEET_SENDER_SECRETS ?? ''),
    allow: given.allow ?? list(env.CONTACTSHEET_SENDER_ALLOW ?? ''),
    server: given.server ?? env.CONTACTSHEET_SENDER_URL,
    token: given.token ?? list(env.CONTACTSHEET_SENDER_TOKEN ?? '')
  }
}

/** `a, b` as a list. */
export function list (text: string): string[] {
  return text.split(',').map(part => part.trim()).filter(part => part !== '')
}

/** `90s`, `5m`, `24h`, `7d` in milliseconds. */
export function duration (text: string): number {
  const value = /^\d+(\.\d+)?\s*[a-z]+$/i.test(text) ? ms(text as StringValue) : undefined
  if (value === undefined || !Number.isFinite(value)) throw new InvalidArgumentError('give a time such as 90s, 5m, 24h or 7d.')
  return value
}

/** A moment: so long ago (`24h`), or a date (`2026-11-24`, `2026-11-24T12:00Z`); epoch milliseconds. */
export function moment (text: string): number {
  const date = Date.parse(text)
  return /^\d{4}-\d{2}/.test(text) && Number.isFinite(date) ? date : Date.now() - duration(text)
}

export function wholeNumber (text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('give a whole number.')
  return Number(text)
}
