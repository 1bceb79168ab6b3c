import { Command } from 'commander'
import { withApi } from '../connection.ts'
import type { Voice } from '../io.ts'
import { moment, settingsOf, withConnection, wholeNumber, type GivenSettings } from '../settings.ts'
import { count } from '../wording.ts'

export function recoverCommand (voice: Voice): Command {
  return withConnection(new Command('recover')
    .description('Send an endpoint what it failed to get since a time; repeating it changes nothing')
    .argument('<id>', 'of an endpoint')
    .requiredOption('--since <time>', '24h, 7d, or a date', moment)
    .option('--per-second <number>', 'first attempts at most (default: 100)', wholeNumber))
    .action(async (id: string, options: GivenSettings & { since: number, perSecond?: number }) => {
      const { since: sinceMs, perSecond } = options
      const body = perSecond === undefined ? { sinceMs } : { sinceMs, perSecond }
      const { recovered } = await withApi(settingsOf(options, voice), api => api.ask<{ recovered: number }>('POST', `/endpoints/${encodeURIComponent(id)}/recover`, body))
      voice.data({ recovered })
      voice.say(recovered === 0 ? 'It has missed nothing.' : `${count(recovered, 'delivery is', 'deliveries are')} on the way again.`)
    })
}
