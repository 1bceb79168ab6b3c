import { Command } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { deliveriesCommand } from './commands/deliveries.ts'
import { endpointsCommand } from './commands/endpoints.ts'
import { eraseCommand } from './commands/erase.ts'
import { listenCommand } from './commands/listen.ts'
import { pingCommand } from './commands/ping.ts'
import { recoverCommand } from './commands/recover.ts'
import { sendCommand } from './commands/send.ts'
import { serveCommand } from './commands/serve.ts'
import { signCommand } from './commands/sign.ts'
import { verifyCommand } from './commands/verify.ts'
import type { Voice } from './io.ts'

const COMMANDS = [
  serveCommand, endpointsCommand, sendCommand, deliveriesCommand, pingCommand, recoverCommand, eraseCommand, signCommand, verifyCommand, listenCommand
]

const MORE = `
Settings may come from the environment:
  CONTACTSHEET_SENDER_DATABASE   a file, or postgres://…
  CONTACTSHEET_SENDER_SECRETS    the keys under which endpoint secrets are encrypted, newest first, comma separated
  CONTACTSHEET_SENDER_URL        a running server, instead of the database
  CONTACTSHEET_SENDER_TOKEN      its token
  CONTACTSHEET_SENDER_ALLOW      hosts and ranges that may be called although they are not public

Exit codes: 0 done, 1 the answer is no, 2 wrong usage, 3 database or server unreachable, 4 token refused, 70 a defect`

/** The whole command line, ready to parse. */
export function createProgram (voice: Voice): Command {
  const { stdout, stderr } = voice.io
  const program = new Command('contactsheet-sender')
    .description('Delivers events to webhook endpoints: signed, on an exact retry schedule, nothing lost.')
    .version(packageJson.version)
    .addHelpText('after', MORE)
    .showSuggestionAfterError()
  for (const create of COMMANDS) program.addCommand(create(voice))
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command
      .exitOverride()
      .configureOutput({
        writeOut: text => { stdout.write(text) },
        writeErr: text => { stderr.write(text) },
        outputError: (text, write) => { write(`${voice.paint('red', 'error', stderr)}  ${text.replace(/^error: /, '')}`) }
      })
      .configureHelp({ styleTitle: title => voice.paint('bold', title), styleCommandText: text => voice.paint('cyan', text) })
  }
  return program
}
