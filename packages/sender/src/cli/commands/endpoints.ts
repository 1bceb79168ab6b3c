import { KNOWN_ACTIONS } from '@contactsheet/webhooks'
import { Command } from 'commander'
import type { Static } from 'typebox'
import type { AddedEndpoint, Entry, NewEndpoint } from '../../server/schemas.ts'
import { withApi } from '../connection.ts'
import { header } from '../header.ts'
import type { Voice } from '../io.ts'
import { duration, list, settingsOf, withConnection, wholeNumber, type GivenSettings } from '../settings.ts'
import { table } from '../table.ts'

type Settings = Static<typeof NewEndpoint>

interface AddOptions extends GivenSettings {
  events?: string[]
  secret?: string
  header?: Record<string, string>
  timeout?: number
  concurrency?: number
  rate?: { count: number, perMs: number }
  ordered?: boolean
}

export function endpointsCommand (voice: Voice): Command {
  return new Command('endpoints')
    .description('Who is told of what')
    .addCommand(addCommand(voice))
    .addCommand(listCommand(voice))
    .addCommand(removeCommand(voice))
    .addCommand(rotateCommand(voice))
    .addCommand(switchCommand(voice, 'enable', 'Deliver again, starting with what waited', 'delivers again'))
    .addCommand(switchCommand(voice, 'disable', 'Deliver nothing more; what is stored waits', 'is disabled: what is stored for it waits'))
}

function addCommand (voice: Voice): Command {
  return withConnection(new Command('add')
    .description('Add an endpoint, or events and settings of a known one')
    .argument('<url>', 'where to send')
    .option('--events <types>', 'comma separated, such as fp.upload,fp.delete (default: all)', list)
    .option('--secret <secret>', 'whsec_… or a text of 16 characters or more (default: a new one)')
    .option('--header <name: value>', 'sent with every request; may be given several times', header)
    .option('--timeout <time>', 'for a whole attempt', duration)
    .option('--concurrency <number>', 'requests at once', wholeNumber)
    .option('--rate <count/time>', 'at most so many in a time, such as 10/1s', rate)
    .option('--ordered', 'one at a time, oldest first'))
    .action(async (url: string, options: AddOptions) => {
      const body: Settings = withoutUndefined({
        url,
        events: options.events,
        secret: options.secret,
        headers: options.header,
        timeoutMs: options.timeout,
        concurrency: options.concurrency,
        rateLimit: options.rate,
        ordered: options.ordered
      })
      const added = await withApi(settingsOf(options, voice), api => api.ask<Static<typeof AddedEndpoint>>('POST', '/endpoints', body), { mayCreate: true })
      voice.data(added)
      voice.say(table([
        [voice.paint('dim', 'endpoint'), added.id],
        [voice.paint('dim', 'url'), added.url],
        [voice.paint('dim', 'events'), eventsOf(added.entries)],
        [voice.paint('dim', 'secret'), voice.paint('bold', added.secret)]
      ]))
      if (options.secret === undefined) voice.hint('Hand the secret to the receiver: it is not shown again.')
    })
}

function listCommand (voice: Voice): Command {
  return withConnection(new Command('list')
    .description('List all endpoints with their events'))
    .action(async options => {
      const { entries } = await withApi(settingsOf(options, voice), api => api.ask<{ entries: Entries }>('GET', '/endpoints'))
      voice.data(entries)
      if (entries.length === 0) return voice.hint('There are none yet: contactsheet-sender endpoints add <url>')
      const rows = [...Map.groupBy(entries, entry => entry.endpointId)].map(([id, group]) => row(voice, id, group))
      voice.say(table([['ENDPOINT', 'STATE', 'URL', 'EVENTS'].map(title => voice.paint('dim', title)), ...rows]))
    })
}

type Entries = Array<Static<typeof Entry>>

function row (voice: Voice, id: string, entries: Entries): string[] {
  const [first] = entries
  const state = first?.isEnabled ? voice.paint('green', 'enabled') : voice.paint('red', `disabled (${first?.disabledReason ?? 'manual'})`)
  return [voice.paint('cyan', id), state, first?.url ?? '', voice.paint('dim', eventsOf(entries))]
}

function eventsOf (entries: Entries): string {
  const events = entries.map(({ event }) => event)
  const isAll = events.length === KNOWN_ACTIONS.length && KNOWN_ACTIONS.every(action => events.includes(action))
  return isAll ? 'all' : events.join(' ')
}

function removeCommand (voice: Voice): Command {
  return withConnection(new Command('remove')
    .description('Remove an endpoint, or one event type of it; what waits for it is cancelled')
    .argument('<id>', 'of an endpoint (ep_…) or of one entry (ep_…:fp.upload)'))
    .action(async (id: string, options) => {
      await withApi(settingsOf(options, voice), api => api.ask('DELETE', `/endpoints/${encodeURIComponent(id)}`))
      voice.data({ removed: id })
      voice.say(`${id} is removed.`)
    })
}

function rotateCommand (voice: Voice): Command {
  return withConnection(new Command('rotate')
    .description('Give an endpoint a new secret; the old one signs beside it for a while')
    .argument('<id>', 'of an endpoint')
    .option('--overlap <time>', 'how long the old secret goes on signing (default: 24h)', duration)
    .option('--secret <secret>', 'the new one (default: generated)'))
    .action(async (id: string, options: GivenSettings & { overlap?: number, secret?: string }) => {
      const body = withoutUndefined({ overlapMs: options.overlap, secret: options.secret })
      const { secret } = await withApi(settingsOf(options, voice), api => api.ask<{ secret: string }>('POST', `/endpoints/${encodeURIComponent(id)}/rotate`, body))
      voice.data({ id, secret })
      voice.say(table([[voice.paint('dim', 'endpoint'), id], [voice.paint('dim', 'secret'), voice.paint('bold', secret)]]))
      voice.hint('Hand the secret to the receiver before the overlap ends: it is not shown again.')
    })
}

function switchCommand (voice: Voice, verb: 'enable' | 'disable', description: string, result: string): Command {
  return withConnection(new Command(verb)
    .description(description)
    .argument('<id>', 'of an endpoint'))
    .action(async (id: string, options) => {
      await withApi(settingsOf(options, voice), api => api.ask('POST', `/endpoints/${encodeURIComponent(id)}/${verb}`))
      voice.data({ id, isEnabled: verb === 'enable' })
      voice.say(`${id} ${result}.`)
    })
}

function rate (text: string): { count: number, perMs: number } {
  const [count = '', time = ''] = text.split('/')
  return { count: wholeNumber(count), perMs: duration(time) }
}

/** JSON has no `undefined`, and neither have the optional fields of the API. */
function withoutUndefined<Fields extends object> (fields: Fields): { [Name in keyof Fields]: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [Name in keyof Fields]: Exclude<Fields[Name], undefined> }
}
