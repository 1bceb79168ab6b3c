#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
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

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    'public-url': { type: 'string' },
    answer: { type: 'string' },
    'redirect-uri': { type: 'string', multiple: true },
    config: { type: 'string' },
    photos: { type: 'string' },
    https: { type: 'boolean' },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false }
  }
})

if (values.help) console.log(USAGE)
else await run()

async function run (): Promise<void> {
  const configured: StartOptions = values.config === undefined ? {} : JSON.parse(await readFile(values.config, 'utf8'))
  const emulator = await startInstagramEmulator({ port: 4700, ...configured, ...fromArguments() })
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

function fromArguments (): StartOptions {
  const { answer } = values
  if (answer !== undefined && answer !== 'ask' && answer !== 'allow' && answer !== 'deny') throw new Error(`--answer must be ask, allow or deny, got ${answer}`)
  return {
    ...values.port !== undefined && { port: Number(values.port) },
    ...values.host !== undefined && { host: values.host },
    ...values.https === true && { https: true },
    ...values.verbose && { logger: true },
    ...values['public-url'] !== undefined && { publicUrl: values['public-url'] },
    ...answer !== undefined && { answer },
    ...values['redirect-uri'] !== undefined && { redirectUris: values['redirect-uri'] },
    ...values.photos !== undefined && { photoCache: values.photos }
  }
}
