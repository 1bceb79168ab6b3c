import { registerHooks } from 'node:module'
import t from 'tap'
import { openLocations } from '../../src/storage/locations.ts'

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
