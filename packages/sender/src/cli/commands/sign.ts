import { signHeaders } from '@contactsheet/webhooks'
import { Command } from 'commander'
import { readInput } from '../input.ts'
import type { Voice } from '../io.ts'
import { secretsOf, withSecret } from '../signing.ts'
import { wholeNumber } from '../settings.ts'

export function signCommand (voice: Voice): Command {
  return withSecret(new Command('sign')
    .description('Print the signature headers for a body')
    .argument('[file]', 'the exact bytes; - reads standard input', '-')
    .option('--id <id>', 'of the message', 'msg_test')
    .option('--timestamp <seconds>', 'epoch seconds (default: now)', wholeNumber))
    .action(async (file: string, options: { id: string, timestamp?: number, secret?: string[] }) => {
      const headers = signHeaders({
        body: await readInput(file, voice.io),
        secrets: secretsOf(options, voice),
        id: options.id,
        timestamp: options.timestamp ?? Math.floor(Date.now() / 1000)
      })
      voice.data(headers)
      for (const [name, value] of Object.entries(headers)) voice.say(`${name}: ${value}`)
    })
}
