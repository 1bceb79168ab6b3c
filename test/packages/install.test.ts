import t from 'tap'
import { packAll } from './pack.ts'
import { createProject, NODES } from './project.ts'
import { writeSamples } from './samples.ts'

t.setTimeout(300_000)

const project = await createProject(t, [...Object.values(packAll()), 'fastify@5', '@types/node@24'])
const { importAll, runAll, typeCheck } = writeSamples(project)

for (const [version, node] of Object.entries(NODES)) {
  t.test(`on Node ${version} every subpath is imported and the samples of the READMEs run`, async t => {
    t.equal(await importAll(node), 'imported\n')
    t.same(await runAll(node), { sender: undefined, webhooks: 401, instagram: 200 })
  })
}

t.test('a CommonJS project requires every package', async t => {
  project.write('required.cjs', `const { default: instagram } = require('@contactsheet/instagram')
const { createSender } = require('@contactsheet/sender')
const { webhookReceiver } = require('@contactsheet/webhooks/fastify')
console.log(typeof instagram, typeof createSender, typeof webhookReceiver)
`)
  for (const node of Object.values(NODES)) t.equal(await project.run(node, ['--disable-warning=ExperimentalWarning', 'required.cjs']), 'function function function\n')
})

t.test('every subpath and the samples type-check, with moduleResolution nodenext and bundler', async t => {
  t.same(await typeCheck(), ['', ''])
})

t.test('without its optional packages everything else works, and the error names what to install', async t => {
  const attempt = async (code: string): Promise<string> => {
    project.write('attempt.js', `${code}.then(() => console.log('worked'), error => console.log(error.code, error.message))\nexport {}\n`)
    return await project.run(process.execPath, ['--disable-warning=ExperimentalWarning', 'attempt.js'])
  }
  const plugin = (changes: string): string => `import Fastify from 'fastify'
    import instagram from '@contactsheet/instagram'
    await Fastify().register(instagram, {
      publicUrl: 'http://localhost', secret: 'x'.repeat(32), app: { instagramAppId: '1234567890123456', instagramAppSecret: 'y'.repeat(32) },
      database: ':memory:', storage: { S3: { type: 'disk', directory: 'files' } }, ${changes}
    })`
  t.match(await attempt(plugin("database: 'postgres://localhost/none'")), /^OPTIONS_INVALID .*npm install pg\n$/)
  t.match(await attempt(plugin("storage: { S3: { type: 's3', bucket: 'photos' } }")), /^OPTIONS_INVALID .*npm install @aws-sdk\/[a-z0-9-]+/)
  t.match(await attempt("import { createSender } from '@contactsheet/sender'\nawait createSender({ database: 'postgres://localhost/none', secrets: ['a key of the package tests'] }).start()"), /^SENDER_DRIVER_MISSING .*pg-boss/)
  t.match(await attempt("import { startInstagramEmulator } from '@contactsheet/instagram/emulator'\nawait startInstagramEmulator({ https: true })"), /selfsigned/)
})
