// The host example with an Instagram beside it that runs on this machine.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { startInstagramEmulator } from '@contactsheet/instagram/emulator'
import { buildHost } from './server.ts'

export interface Development {
  /** The page to open. */
  address: string
  emulatorAddress: string
  close (): Promise<void>
}

/**
 * Starts both.
 *
 * @param dataDirectory - databases, files and the generated secrets; start again with the same folder and everything is still there
 * @param port - wished for; another free one is taken when it is in use. 0 for any
 */
export async function startDevelopment (dataDirectory: string, port: number): Promise<Development> {
  mkdirSync(dataDirectory, { recursive: true })
  const emulator = await startInstagramEmulator()
  const hostPort = await freePort(port)
  const publicUrl = `http://localhost:${hostPort}`
  const host = await buildHost({
    publicUrl,
    dataDirectory,
    ...secretsIn(dataDirectory),
    app: { instagramAppId: emulator.app.id, instagramAppSecret: emulator.app.secret },
    instagram: emulator.pluginOptions
  })
  await host.listen({ port: hostPort, host: 'localhost' })
  return {
    address: publicUrl,
    emulatorAddress: emulator.origin,
    async close () {
      await host.close()
      await emulator.close()
    }
  }
}

/** Secrets are made on the first start and kept beside the data; none is in the repository. */
function secretsIn (dataDirectory: string): { secret: string, webhookSecret: string } {
  const file = join(dataDirectory, 'secrets.json')
  if (!existsSync(file)) {
    const secrets = { secret: randomBytes(32).toString('hex'), webhookSecret: `whsec_${randomBytes(32).toString('base64')}` }
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 })
  }
  return JSON.parse(readFileSync(file, 'utf8')) as { secret: string, webhookSecret: string }
}

async function freePort (wished: number): Promise<number> {
  const probe = createServer()
  const listening = new Promise<void>((resolve, reject) => probe.once('error', reject).listen(wished, 'localhost', resolve))
  try {
    await listening
  } catch {
    return await freePort(0)
  }
  const address = probe.address()
  await new Promise(resolve => probe.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : wished
}
