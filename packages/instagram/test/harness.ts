import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import { instagram, type InstagramOptions } from '@contactsheet/instagram'
import { startInstagramEmulator, type InstagramEmulator, type StartOptions } from '@contactsheet/instagram/emulator'
import type { InstagramServices } from '../src/services.ts'
import { holdAgainstDocument } from './documented-answers.ts'

export const PUBLIC_URL = 'http://app.localhost'
export const SECRET = 'a secret of the tests that is long enough'

interface Teardown { teardown: (work: () => Promise<unknown>) => void, testdir: () => string }

/** A folder of this test's own; any number of them. */
export function folder (t: Teardown): string {
  const path = mkdtempSync(join(tmpdir(), 'contactsheet-test-'))
  t.teardown(async () => await rm(path, { recursive: true, force: true }))
  return path
}

/** An Instagram that the business account answers where there is one, until told otherwise. */
export async function emulate (t: Teardown, options: StartOptions = {}): Promise<InstagramEmulator> {
  const emulator = await startInstagramEmulator({ ...options.accounts === undefined && { answer: { account: 'harbour.and.hill' } }, ...options })
  t.teardown(async () => await emulator.close())
  return emulator
}

/** Options that work with the emulator; tests change one thing. */
export function optionsFor (t: Teardown, emulator: InstagramEmulator, changes: Partial<InstagramOptions> = {}): InstagramOptions {
  return {
    secret: SECRET,
    publicUrl: PUBLIC_URL,
    app: { instagramAppId: emulator.app.id, instagramAppSecret: emulator.app.secret },
    database: ':memory:',
    storage: { S3: { type: 'disk', directory: folder(t) } },
    instagram: emulator.pluginOptions,
    ...changes
  }
}

/** The plugin on a fresh Fastify. */
export async function build (t: Teardown, options: InstagramOptions, server: FastifyInstance = fastify()): Promise<FastifyInstance> {
  holdAgainstDocument(server)
  await server.register(instagram, options)
  await server.ready()
  t.teardown(async () => await server.close())
  return server
}

/** The rooms of a plugin that no host sees. */
export function inside (server: FastifyInstance): InstagramServices {
  return server.instagram as InstagramServices
}
