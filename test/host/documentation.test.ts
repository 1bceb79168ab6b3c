import { join } from 'node:path'
import t from 'tap'
import { buildHost } from '../../examples/host/server.ts'
import { WEBHOOK_SECRET } from './sample.ts'

t.test('the host example shows the OpenAPI document of its routes', async t => {
  const app = await buildHost({
    publicUrl: 'http://localhost:3000',
    dataDirectory: join(t.testdir(), 'data'),
    secret: 'a secret of the documentation test, long enough',
    webhookSecret: WEBHOOK_SECRET,
    app: { instagramAppId: '1234567890123456', instagramAppSecret: '0123456789abcdef0123456789abcdef' }
  })
  t.teardown(() => app.close())
  t.match((await app.inject('/documentation/')).body, /<div id="swagger-ui">/)
  const document = (await app.inject('/documentation/json')).json() as { openapi: string, paths: Record<string, { get?: { summary?: string } }> }
  t.equal(document.openapi, '3.1.0')
  t.match(document.paths['/api/file/{handle}/convert']?.get?.summary, 'Convert a picture')
})
