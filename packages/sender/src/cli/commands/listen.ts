import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { KNOWN_ACTIONS, createReceiver, type ReceiveResult, type Receiver } from '@contactsheet/webhooks'
import { toNodeHandler } from '@contactsheet/webhooks/node'
import { Command } from 'commander'
import { generateSecret } from '../../secret-box.ts'
import { usage } from '../exit.ts'
import type { Voice } from '../io.ts'
import { firstSignal } from '../signals.ts'
import { withSecret } from '../signing.ts'
import { list, wholeNumber } from '../settings.ts'
import { clock } from '../wording.ts'

interface ListenOptions {
  port: number
  secret?: string[]
  fail?: boolean
}

export function listenCommand (voice: Voice): Command {
  return withSecret(new Command('listen')
    .description('Receive on this machine: print and verify what arrives')
    .option('--port <number>', '0 takes a free one', wholeNumber, 4281)
    .option('--fail', 'verify, then answer 500: to watch a sender try again'))
    .action(async (options: ListenOptions) => await listen(voice, options))
}

async function listen (voice: Voice, options: ListenOptions): Promise<void> {
  const given = options.secret ?? list(voice.io.env.CONTACTSHEET_SENDER_SECRET ?? '')
  const secrets = given.length > 0 ? given : [generateSecret()]
  const receiver = createPrintingReceiver(voice, secrets, options.fail === true)
  const server = createServer(toNodeHandler(receiver))
  const url = await open(server, options.port)
  voice.data({ url, secret: secrets[0] })
  voice.say()
  voice.say(`  ${voice.paint('bold', 'Listening')} at ${url}`)
  if (given.length === 0) voice.say(`  ${voice.paint('dim', 'secret')}       ${secrets[0]}`)
  voice.say(`  ${voice.paint('dim', 'add it by')}    contactsheet-sender endpoints add ${url} --secret ${given.length === 0 ? String(secrets[0]) : '…'}`)
  voice.say(`  ${voice.paint('dim', 'The sender has to be started with CONTACTSHEET_SENDER_ALLOW=127.0.0.1.')}`)
  voice.say()
  await firstSignal(voice)
  server.closeAllConnections()
  server.close()
  receiver.close()
}

function createPrintingReceiver (voice: Voice, secrets: string[], isFailing: boolean): Receiver {
  const fail = (): void => { throw new Error('told to fail') }
  return createReceiver({
    secrets,
    ...(isFailing ? { on: Object.fromEntries(KNOWN_ACTIONS.map(action => [action, fail])), unknown: fail } : {}),
    onResult: result => print(voice, result)
  })
}

function print (voice: Voice, { outcome, status, event, context, error, body }: ReceiveResult): void {
  const atMs = Date.now()
  voice.data({ atMs, outcome, status, event, id: context?.id, scheme: context?.scheme, code: error?.code, message: error?.message })
  const style = outcome === 'refused' ? 'red' : outcome === 'failed' ? 'yellow' : 'green'
  const verified = context ? `${context.scheme} signature holds` : ''
  const name = event ? `${event.action}  ${context?.id ?? ''}` : String(body.message ?? '')
  voice.say(`  ${voice.paint('dim', clock(atMs).slice(11))}  ${voice.paint(style, `${status} ${outcome}`.padEnd(16))}  ${name}  ${voice.paint('dim', verified)}`.trimEnd())
  if (event) voice.say(voice.paint('dim', indent(JSON.stringify(event, null, 2))))
}

function indent (text: string): string {
  return text.replaceAll(/^/gm, '    ')
}

async function open (server: Server, port: number): Promise<string> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening').catch(cause => { throw usage(`port ${port} cannot be had: ${(cause as Error).message}`) })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
