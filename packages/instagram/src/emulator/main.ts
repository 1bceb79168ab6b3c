#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { readConfig } from './config.ts'
import { startInstagramEmulator, type StartOptions } from './emulator.ts'

const USAGE = `instagram-emulator: an Instagram on this machine to develop against

  --port <number>           default 4700
  --host <address>          default 127.0.0.1
  --public-url <url>        where browsers find it, when that is not where it listens
  --answer ask|allow|deny   who answers the consent page; default ask (a person)
  --redirect-uri <uri>      a registered redirect URI; repeat for more; default any address of this machine
  --config <file.json>      options of startInstagramEmulator as JSON
  --photos <folder>         where the painted photos are kept
  --https                   with a certificate made at every start (needs the package selfsigned)
  --verbose                 log every request
  --help`

const FLAGS = {
  port: { type: 'string' },
  host: { type: 'string' },
  'public-url': { type: 'string' },
  answer: { type: 'string' },
  'redirect-uri': { type: 'string', multiple: true },
  config: { type: 'string' },
  photos: { type: 'string' },
  https: { type: 'boolean' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean' }
} as const
type Flags = ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>['values']

await run().catch((error: unknown) => {
  console.error(`instagram-emulator: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
})

async function run (): Promise<void> {
  const { values } = parseArgs({ options: FLAGS })
  if (values.help === true) return console.log(USAGE)
  const configured = values.config === undefined ? {} : await readConfig(values.config)
  const emulator = await startInstagramEmulator({ port: 4700, ...configured, ...optionsIn(values) })
  console.log(`Instagram emulator
  authorize  ${emulator.authorizeUrl}
  api        ${emulator.apiBaseUrl}
  graph      ${emulator.graphBaseUrl}
  cdn        ${emulator.cdnBaseUrl}
  control    ${emulator.controlUrl}
  app id     ${emulator.app.id}
  app secret ${emulator.app.secret}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, emulator.close)
}

function optionsIn (values: Flags): StartOptions {
  const { answer, port } = values
  if (answer !== undefined && answer !== 'ask' && answer !== 'allow' && answer !== 'deny') throw new Error(`--answer must be ask, allow or deny, got ${answer}`)
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) < 65_536)) throw new Error(`--port must be a number of 0 to 65535, got ${port}`)
  return {
    ...port !== undefined && { port: Number(port) },
    ...values.host !== undefined && { host: values.host },
    ...values.https === true && { https: true },
    ...values.verbose === true && { logger: true },
    ...values['public-url'] !== undefined && { publicUrl: values['public-url'] },
    ...answer !== undefined && { answer },
    ...values['redirect-uri'] !== undefined && { redirectUris: values['redirect-uri'] },
    ...values.photos !== undefined && { photoCache: values.photos }
  }
}
