import { readdirSync } from 'node:fs'
import { registerHooks } from 'node:module'
import fastify from 'fastify'
import t from 'tap'
import instagram from '../../src/index.ts'
import { openLocations } from '../../src/storage/locations.ts'
import { SECRET } from '../harness.ts'

/** Makes a package look as if it were not installed. */
function uninstall (missing: string): void {
  registerHooks({
    resolve (specifier, context, next) {
      if (specifier === missing) throw new Error(`Cannot find package '${specifier}'`)
      return next(specifier, context)
    }
  })
}

t.test('a location in S3 without its package names what to install; others need nothing', async t => {
  uninstall('@aws-sdk/lib-storage')
  t.equal((await openLocations({ here: { type: 'disk', directory: t.testdir() } })).get('HERE').name, 'here')
  await t.rejects(openLocations({ S3: { type: 's3', bucket: 'bucket' } }), { code: 'OPTIONS_INVALID', message: /npm install @aws-sdk\/lib-storage/ })
})

t.test('a start that fails for it leaves no database open', async t => {
  uninstall('@aws-sdk/lib-storage')
  const directory = t.testdir()
  const app = { instagramAppId: '7301592846013577', instagramAppSecret: 'a1b2C3D4e5F6a7b8C9d0E1f2A3b4C5d6' }
  const server = fastify()
  server.register(instagram, { secret: SECRET, publicUrl: 'http://app.localhost', app, database: `${directory}/contactsheet.sqlite`, storage: { S3: { type: 's3', bucket: 'bucket' } } })
  await t.rejects(async () => { await server.ready() }, { code: 'OPTIONS_INVALID' })
  t.same(readdirSync(directory), ['contactsheet.sqlite'], 'neither its write-ahead log')
})
