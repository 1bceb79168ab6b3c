import { Command, Option } from 'commander'
import type { Static } from 'typebox'
import type { Delivery, DeliveryWithAttempts } from '../../server/schemas.ts'
import { DELIVERY_STATES } from '../../stores/delivery-store.ts'
import type { Api } from '../api.ts'
import { withApi } from '../connection.ts'
import { usage } from '../exit.ts'
import type { Voice } from '../io.ts'
import { eachWithProgress } from '../progress.ts'
import { moment, settingsOf, withConnection, wholeNumber, type GivenSettings } from '../settings.ts'
import { table } from '../table.ts'
import { attemptResult, clock, count, relative, stateName } from '../wording.ts'

const PAGE = 1_000

interface FilterOptions extends GivenSettings {
  state?: string
  endpoint?: string
  event?: string
  since?: number
}

export function deliveriesCommand (voice: Voice): Command {
  return new Command('deliveries')
    .description('What was delivered, what waits, what failed')
    .addCommand(listCommand(voice))
    .addCommand(showCommand(voice))
    .addCommand(resendCommand(voice))
}

function withFilter (command: Command): Command {
  return withConnection(command)
    .addOption(new Option('--state <state>', 'only those in this state').choices([...DELIVERY_STATES]))
    .option('--endpoint <id>', 'only those for this endpoint')
    .option('--event <id>', 'only those of this event')
    .option('--since <time>', 'only those stored since: 24h, 7d, or a date', moment)
}

function listCommand (voice: Voice): Command {
  return withFilter(new Command('list')
    .description('List deliveries, newest first')
    .option('--limit <number>', 'at most so many', wholeNumber, 20))
    .action(async (options: FilterOptions & { limit: number }) => {
      const deliveries = await withApi(settingsOf(options, voice), api => readDeliveries(api, options, options.limit))
      voice.data(deliveries)
      if (deliveries.length === 0) return voice.hint('There are none.')
      const now = Date.now()
      voice.say(table([
        ['DELIVERY', 'STATE', 'EVENT', 'ENDPOINT', 'ATTEMPTS', 'STORED', 'NEXT'].map(title => voice.paint('dim', title)),
        ...deliveries.map(({ id, state, eventId, endpointId, attemptsMade, createdAtMs, dueAtMs }) => [
          voice.paint('cyan', id), stateName(voice, state), eventId, endpointId, String(attemptsMade), relative(createdAtMs, now),
          state === 'pending' && dueAtMs !== undefined ? relative(dueAtMs, now) : ''
        ])
      ]))
    })
}

function showCommand (voice: Voice): Command {
  return withConnection(new Command('show')
    .description('Show one delivery with every attempt')
    .argument('<id>', 'of a delivery'))
    .action(async (id: string, options) => {
      const delivery = await withApi(settingsOf(options, voice), api => api.ask<Static<typeof DeliveryWithAttempts>>('GET', `/deliveries/${encodeURIComponent(id)}`))
      voice.data(delivery)
      const dim = (text: string): string => voice.paint('dim', text)
      voice.say(table([
        [dim('delivery'), `${voice.paint('bold', delivery.id)}  ${stateName(voice, delivery.state)}`],
        [dim('event'), `${delivery.eventId}  ${dim(delivery.action)}`],
        [dim('endpoint'), delivery.endpointId],
        [dim('stored'), clock(delivery.createdAtMs)],
        ...(delivery.origin === 'event' ? [] : [[dim('origin'), `${delivery.origin}, series ${delivery.series}`]]),
        ...(delivery.state === 'pending' && delivery.dueAtMs !== undefined ? [[dim('next'), `${clock(delivery.dueAtMs)}  ${dim(relative(delivery.dueAtMs, Date.now()))}`]] : [])
      ]))
      if (delivery.attempts.length > 0) voice.say(`\n${table(attemptRows(voice, delivery.attempts))}`)
    })
}

function attemptRows (voice: Voice, attempts: Static<typeof DeliveryWithAttempts>['attempts']): string[][] {
  return [
    ['ATTEMPT', 'STARTED', 'RESULT', 'TOOK', 'ADDRESS', 'ANSWER'].map(title => voice.paint('dim', title)),
    ...attempts.map(attempt => [
      attempt.run === 0 ? `#${attempt.number}` : `#${attempt.number} again`,
      clock(attempt.startedAtMs),
      voice.paint(attempt.outcome === 'delivered' ? 'green' : attempt.outcome === undefined ? 'cyan' : 'red', attemptResult(attempt)),
      attempt.timings ? `${Math.round(attempt.timings.totalMs)} ms` : '',
      attempt.remoteAddress ?? '',
      voice.paint('dim', printable(attempt.location ?? attempt.responseBody ?? ''))
    ])
  ]
}

/** One line of a receiver's answer, without anything that could speak to the terminal. */
function printable (text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

function resendCommand (voice: Voice): Command {
  return withFilter(new Command('resend')
    .description('Send again: these, or all that the filters find; each is a new series with the whole schedule')
    .argument('[id...]', 'of deliveries'))
    .action(async (ids: string[], options: FilterOptions) => {
      const isFiltered = [options.state, options.endpoint, options.event, options.since].some(given => given !== undefined)
      const isNamed = ids.length > 0
      if (isNamed === isFiltered) throw usage('name deliveries, or give filters such as --state exhausted --since 24h')
      const resent = await withApi(settingsOf(options, voice), async api => {
        const chosen = isFiltered ? (await readDeliveries(api, options)).map(({ id }) => id) : ids
        await eachWithProgress(voice, 'deliveries', chosen, async id => {
          const made = await api.ask<{ id: string }>('POST', `/deliveries/${encodeURIComponent(id)}/resend`)
          voice.data({ delivery: id, resentAs: made.id })
          if (chosen.length === 1) voice.say(`${id} is sent again as ${voice.paint('cyan', made.id)}.`)
        })
        return chosen.length
      })
      if (resent !== 1) voice.say(`${count(resent, 'delivery', 'deliveries')} sent again.`)
    })
}

/** Page by page until there are no more, or enough. */
async function readDeliveries (api: Api, options: FilterOptions, limit = Infinity): Promise<Array<Static<typeof Delivery>>> {
  const found: Array<Static<typeof Delivery>> = []
  for (let after: string | undefined; found.length < limit;) {
    const query = new URLSearchParams({ limit: String(Math.min(PAGE, limit - found.length)) })
    const filters = { state: options.state, endpointId: options.endpoint, eventId: options.event, sinceMs: options.since, after }
    for (const [name, value] of Object.entries(filters)) if (value !== undefined) query.set(name, String(value))
    const page = await api.ask<{ deliveries: Array<Static<typeof Delivery>>, next?: string }>('GET', `/deliveries?${query}`)
    found.push(...page.deliveries)
    if (page.next === undefined) break
    after = page.next
  }
  return found
}
