/** A server that is installed from npm and started. */
export interface Contender {
  name: string
  packages: readonly string[]
  /** The program, written into the project. */
  program: string
  settings: Readonly<Record<string, string>>
  /** A path that answers 200 as soon as it works. */
  path: string
}

/** The plugin in a Fastify server, with its database and its storage on disk. */
export function contactsheet (tarballs: readonly string[]): Contender {
  return {
    name: '@contactsheet/instagram',
    packages: [...tarballs, 'fastify@5'],
    program: `import Fastify from 'fastify'
import instagram from '@contactsheet/instagram'
const app = Fastify()
await app.register(instagram, {
  publicUrl: 'http://localhost:' + process.env.PORT,
  secret: 'a secret of the footprint bench, long enough',
  app: { instagramAppId: '1234567890123456', instagramAppSecret: '0123456789abcdef0123456789abcdef' },
  storage: { S3: { type: 'disk', directory: 'files' } }
})
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
`,
    settings: {},
    path: '/api/client/instagram/status'
  }
}

/** Companion as its own bin starts it, which is all of it: no host around it. */
export function companion (version: string): Contender {
  return {
    name: `@uppy/companion ${version}`,
    packages: [`@uppy/companion@${version}`],
    program: `import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
const manifest = join(process.cwd(), 'node_modules/@uppy/companion/package.json')
const { bin } = JSON.parse(readFileSync(manifest, 'utf8'))
process.env.COMPANION_PORT = process.env.PORT
await import(pathToFileURL(join(dirname(manifest), typeof bin === 'string' ? bin : bin.companion)).href)
`,
    settings: {
      COMPANION_SECRET: 'a secret of the footprint bench, long enough',
      COMPANION_PREAUTH_SECRET: 'another secret of the footprint bench',
      COMPANION_DOMAIN: 'localhost',
      COMPANION_DATADIR: '.',
      COMPANION_CLIENT_ORIGINS: 'http://localhost',
      COMPANION_UPLOAD_URLS: 'http://localhost/uploads'
    },
    path: '/'
  }
}
