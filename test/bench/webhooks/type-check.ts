import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packAll } from '../../packages/pack.ts'
import { median } from '../rounds.ts'

const ROUNDS = 5
// As a user has it: Node's types, strict, and the types of the libraries not checked again.
const CONFIG = { compilerOptions: { target: 'es2024', module: 'nodenext', types: ['node'], strict: true, skipLibCheck: true, noEmit: true }, files: ['receiver.ts'] }
const PROGRAM = `import { createReceiver, verify, type EventOf, type WebhookEvent } from '@contactsheet/webhooks'
import { toNodeHandler } from '@contactsheet/webhooks/node'

const name = ({ text }: EventOf<'fp.upload'>): string => 'filename' in text ? text.filename : text.data.filename
export const what = (event: WebhookEvent): string => event.action === 'fp.export' ? event.text.created : event.action
export const isGenuine = (body: Uint8Array, headers: Headers) => verify({ body, headers, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }).valid
export const handler = toNodeHandler(createReceiver({
  secrets: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  on: { 'fp.upload': event => console.log(name(event)), 'fs.workflow': ({ text }, { key }) => console.log(key, text.status) }
}))
`

/** The median time by the clock of `tsc --noEmit` in a project into which the packed library is installed beside typescript. */
export function typeCheckSeconds (): number {
  const cwd = mkdtempSync(join(tmpdir(), 'contactsheet-types-'))
  // The hooks of whoever runs this must not come along into another compiler.
  const { NODE_OPTIONS: _hooks, ...env } = process.env
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] })
  try {
    writeFileSync(join(cwd, 'package.json'), '{ "private": true, "type": "module" }')
    writeFileSync(join(cwd, 'tsconfig.json'), JSON.stringify(CONFIG))
    writeFileSync(join(cwd, 'receiver.ts'), PROGRAM)
    run('npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', packAll().webhooks, 'typescript@7.0.2', '@types/node@24.19.2')
    const compiler = join(cwd, 'node_modules/typescript/bin/tsc')
    const seconds = Array.from({ length: ROUNDS }, () => {
      const startedAt = performance.now()
      run(process.execPath, compiler, '--noEmit')
      return (performance.now() - startedAt) / 1000
    })
    return median(seconds)
  } finally {
    rmSync(cwd, { recursive: true })
  }
}
