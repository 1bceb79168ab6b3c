import { verify } from '@contactsheet/webhooks'
import { Command } from 'commander'
import { CliError, EXIT, usage } from '../exit.ts'
import { header } from '../header.ts'
import { readInput } from '../input.ts'
import type { Voice } from '../io.ts'
import { secretsOf, withSecret } from '../signing.ts'
import { duration } from '../settings.ts'

interface VerifyOptions {
  secret?: string[]
  header?: Record<string, string>
  headers?: string
  tolerance?: number
}

export function verifyCommand (voice: Voice): Command {
  return withSecret(new Command('verify')
    .description('Check the signature of a request: its body and its headers')
    .argument('[file]', 'the exact bytes of the body; - reads standard input', '-')
    .option('--header <name: value>', 'a header of the request; may be given several times', header)
    .option('--headers <file>', 'a file with the headers, one per line')
    .option('--tolerance <time>', 'how far the signed time may be away from now', duration))
    .action(async (file: string, options: VerifyOptions) => {
      const headers = { ...await readHeaders(options.headers, voice), ...options.header }
      if (Object.keys(headers).length === 0) throw usage('give the request\'s headers: --header or --headers')
      const verification = verify({
        body: await readInput(file, voice.io),
        headers,
        secrets: secretsOf(options, voice),
        ...(options.tolerance === undefined ? {} : { toleranceSeconds: options.tolerance / 1000 })
      })
      voice.data(verification)
      if (!verification.valid) throw new CliError(EXIT.no, verification.code, verification.message)
      voice.say(`${voice.paint('green', 'valid')}  ${verification.scheme}, signed ${new Date(verification.timestamp * 1000).toISOString()}`)
    })
}

async function readHeaders (file: string | undefined, { io }: Voice): Promise<Record<string, string>> {
  if (file === undefined) return {}
  const lines = (await readInput(file, io)).toString('utf8').split(/\r?\n/).filter(line => line.includes(':'))
  return lines.reduce<Record<string, string>>((headers, line) => header(line, headers), {})
}
