import { Command } from 'commander'
import type { PingResult } from '../../sender.ts'
import { withApi } from '../connection.ts'
import { CliError, EXIT } from '../exit.ts'
import type { Voice } from '../io.ts'
import { settingsOf, withConnection } from '../settings.ts'
import { attemptResult } from '../wording.ts'

export function pingCommand (voice: Voice): Command {
  return withConnection(new Command('ping')
    .description('Send one event of the type "ping" to an endpoint now, and tell how it went')
    .argument('<id>', 'of an endpoint'))
    .action(async (id: string, options) => {
      const result = await withApi(settingsOf(options, voice), api => api.ask<PingResult>('POST', `/endpoints/${encodeURIComponent(id)}/ping`))
      voice.data(result)
      const took = result.timings ? ` in ${Math.round(result.timings.totalMs)} ms` : ''
      if (!result.isDelivered) throw new CliError(EXIT.no, 'CLI_PING_FAILED', `${id} did not take it: ${attemptResult(result)}${took}`)
      voice.say(`${voice.paint('green', 'delivered')}  ${id} answered ${attemptResult(result)}${took}`)
    })
}
