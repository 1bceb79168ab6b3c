import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { Command, Option } from 'commander'
import ms from 'ms'
import { SCHEDULES, type ScheduleName } from '../../schedule.ts'
import { createSender, type Sender } from '../../sender.ts'
import { createSenderServer } from '../../server/server.ts'
import { isPostgres } from '../../stores/open-store.ts'
import { isFile } from '../connection.ts'
import { usage } from '../exit.ts'
import { leaveHandover } from '../handover.ts'
import type { Voice } from '../io.ts'
import { createLog, type Log } from '../log.ts'
import { firstSignal } from '../signals.ts'
import { duration, settingsOf, tokenOption, withDatabase, wholeNumber, type Settings } from '../settings.ts'
import { count } from '../wording.ts'

interface ServeOptions {
  host: string
  port: number
  schedule: ScheduleName
  success: '2xx' | 'strict'
  concurrency?: number
  timeout?: number
  retention?: number
  disableAfter?: number
}

const DAY_MS = 24 * 60 * 60 * 1000

export function serveCommand (voice: Voice): Command {
  return withDatabase(new Command('serve')
    .description('Deliver, and answer the HTTP API, until told to end')
    .option('--host <address>', 'where the API listens', '127.0.0.1')
    .option('--port <number>', 'its port; 0 takes a free one', wholeNumber, 4280)
    .addOption(tokenOption('opens the API; several, comma separated, while one replaces another'))
    .addOption(new Option('--schedule <name>', 'when to try again').choices(Object.keys(SCHEDULES)).default('original'))
    .addOption(new Option('--success <rule>', 'which answers count').choices(['2xx', 'strict']).default('2xx'))
    .option('--concurrency <number>', 'requests at once per endpoint (default: 32)', wholeNumber)
    .option('--timeout <time>', 'for a whole attempt (default: 15s)', duration)
    .option('--retention <time>', 'forget finished events this old (default: never)', duration)
    .option('--disable-after <time>', 'disable an endpoint that only failed for so long (default: never)', duration))
    .action(async options => await serve(voice, settingsOf(options, voice), options))
}

async function serve (voice: Voice, settings: Settings, options: ServeOptions): Promise<void> {
  if (settings.secrets.length === 0) {
    throw usage('serve needs CONTACTSHEET_SENDER_SECRETS: the key under which endpoint secrets are encrypted. A new one: openssl rand -base64 32')
  }
  if (options.host !== '127.0.0.1' && settings.token.length === 0) throw usage('beyond this machine the API needs a token: give CONTACTSHEET_SENDER_TOKEN')
  const log = createLog(voice)
  const sender = createSender({
    ...settings,
    logger: log,
    schedule: options.schedule,
    success: options.success,
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    ...(options.timeout === undefined ? {} : { timeoutMs: options.timeout }),
    ...(options.retention === undefined ? {} : { retentionDays: options.retention / DAY_MS }),
    ...(options.disableAfter === undefined ? {} : { disableAfterDays: options.disableAfter / DAY_MS })
  })
  try {
    await sender.start()
    await answerUntilTold(voice, sender, settings, options, log)
  } finally {
    await sender.close()
  }
  log.info({}, 'ended')
}

async function answerUntilTold (voice: Voice, sender: Sender, settings: Settings, options: ServeOptions, log: Log): Promise<void> {
  const ownToken = randomBytes(24).toString('base64url')
  const server = await createSenderServer({ sender, tokens: [...settings.token, ownToken] })
  await server.listen({ host: options.host, port: options.port }).catch(cause => {
    throw usage(`the API cannot listen on ${options.host}:${options.port}: ${(cause as Error).message}`)
  })
  const url = `http://${hostInUrl(options.host)}:${(server.server.address() as AddressInfo).port}`
  const takeAway = isFile(settings.database) ? leaveHandover(settings.database, { url, token: ownToken }) : () => {}
  try {
    await introduce(voice, sender, settings, options, url, log)
    const signal = await firstSignal(voice)
    log.info({ signal }, 'ending: what is under way is waited for')
  } finally {
    takeAway()
    await server.close()
  }
}

async function introduce (voice: Voice, sender: Sender, { database }: Settings, { schedule }: ServeOptions, url: string, log: Log): Promise<void> {
  const entries = await sender.endpoints.list()
  const urls = new Set(entries.map(entry => entry.url)).size
  if (!log.isForPeople) return log.info({ url, entries: entries.length, urls, schedule }, 'delivering')
  const line = (name: string, value: string): void => voice.say(`  ${voice.paint('dim', name.padEnd(10))} ${value}`)
  voice.say()
  voice.say(`  ${voice.paint('bold', 'Contactsheet sender')} is delivering.`)
  voice.say()
  line('Database', isPostgres(database) ? withoutPassword(database) : database)
  line('API', `${url}  ${voice.paint('dim', 'described at /openapi.json')}`)
  line('Schedule', scheduleInWords(schedule))
  line('Endpoints', entries.length === 0 ? 'none yet: contactsheet-sender endpoints add <url>' : `${count(urls, 'url')}, ${count(entries.length, 'entry', 'entries')}`)
  voice.say()
  voice.say(`  ${voice.paint('dim', 'Ctrl+C ends it. What is under way is waited for.')}`)
  voice.say()
}

function scheduleInWords (name: ScheduleName): string {
  const waits = SCHEDULES[name].map(wait => ms(wait))
  return `at once, then ${waits.slice(0, -1).join(', ')} and ${String(waits.at(-1))} after the first attempt`
}

function hostInUrl (host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

function withoutPassword (address: string): string {
  const url = new URL(address)
  url.password = ''
  return url.href
}
