import { Command } from 'commander'
import { withApi } from '../connection.ts'
import { usage } from '../exit.ts'
import { parseObjects, readInput } from '../input.ts'
import type { Voice } from '../io.ts'
import { eachWithProgress } from '../progress.ts'
import { settingsOf, withConnection, type GivenSettings } from '../settings.ts'
import { count } from '../wording.ts'

interface Sent {
  id: string
  deliveries: number
}

export function sendCommand (voice: Voice): Command {
  return withConnection(new Command('send')
    .description('Store events; a running sender delivers them at once')
    .argument('[file]', 'JSON: one event, a list, or one per line; - reads standard input', '-')
    .option('--id <id>', 'names the event (default: its action and id); sending the same id again changes nothing'))
    .action(async (file: string, options: GivenSettings & { id?: string }) => {
      const events = parseObjects(await readInput(file, voice.io), file === '-' ? 'standard input' : file)
      if (options.id !== undefined && events.length > 1) throw usage(`--id names one event, but there are ${events.length}`)
      const naming = options.id === undefined ? {} : { id: options.id }
      const sent: Sent[] = []
      const isServer = await withApi(settingsOf(options, voice), async api => {
        await eachWithProgress(voice, 'events', events, async event => {
          const answer = await api.ask<Sent>('POST', '/events', { event, ...naming })
          sent.push(answer)
          voice.data(answer)
        })
        return api.isServer
      })
      report(voice, sent)
      if (!isServer) voice.hint('Stored only: they are delivered by the sender that runs on this database.')
    })
}

function report (voice: Voice, sent: readonly Sent[]): void {
  const deliveries = sent.reduce((sum, { deliveries }) => sum + deliveries, 0)
  const [only] = sent
  if (sent.length === 1 && only) return voice.say(`${only.id} is stored, ${deliveries === 0 ? 'nothing new to deliver' : `for ${count(deliveries, 'endpoint')}`}.`)
  voice.say(`${count(sent.length, 'event')} stored, ${count(deliveries, 'delivery', 'deliveries')} made.`)
}
