import { Command } from 'commander'
import { withApi } from '../connection.ts'
import type { Voice } from '../io.ts'
import { settingsOf, withConnection } from '../settings.ts'

export function eraseCommand (voice: Voice): Command {
  return withConnection(new Command('erase')
    .description('Forget an event with its deliveries and attempts')
    .argument('<event>', 'id of an event'))
    .action(async (id: string, options) => {
      await withApi(settingsOf(options, voice), api => api.ask('DELETE', `/events/${encodeURIComponent(id)}`))
      voice.data({ erased: id })
      voice.say(`${id} is forgotten.`)
    })
}
