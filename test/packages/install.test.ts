import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { PACKAGES, packAll, type PackageName } from './pack.ts'
import { createProject, NODES } from './project.ts'

t.setTimeout(300_000)
const root = fileURLToPath(new URL('../..', import.meta.url))
const manifestOf = (name: PackageName) => JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as { exports: object }
/** The first `ts` block of a README: the sample of "Use". */
const sampleOf = (name: PackageName): string => /```ts\n(.*?)```/s.exec(readFileSync(join(root, 'packages', name, 'README.md'), 'utf8'))?.[1] ?? ''
const SUBPATHS = PACKAGES.flatMap(name => Object.keys(manifestOf(name).exports).filter(path => path !== './package.json').map(path => `@contactsheet/${name}${path.slice(1)}`))
const SETTINGS = {
  WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  CONTACTSHEET_SECRET: 'a secret of the package tests, long enough',
  INSTAGRAM_APP_ID: '1234567890123456',
  INSTAGRAM_APP_SECRET: '0123456789abcdef0123456789abcdef'
}
const UNSIGNED = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
/** What the sender's sample delivers to does not exist, and need not be looked for. */
const NO_NAMES = `import dns from 'node:dns'
const none = (...given) => given.at(-1)(Object.assign(new Error('no names here'), { code: 'ENOTFOUND' }))
dns.lookup = none
for (const name of ['resolve4', 'resolve6']) { dns[name] = none; dns.Resolver.prototype[name] = none }
`

const project = await createProject(t, [...Object.values(packAll()), 'fastify@5', '@types/node@24'])
project.write('no-names.js', NO_NAMES)
for (const name of PACKAGES) project.write(`${name}.ts`, sampleOf(name).replace('port: 3000', 'port: Number(process.env.PORT)'))
project.write('imports.js', `for (const path of ${JSON.stringify(SUBPATHS)}) {
  const found = await import(path)
  if (Object.keys(found).length === 0) throw new Error(path + ' exports nothing')
}
console.log('imported')
`)

for (const [version, node] of Object.entries(NODES)) {
  t.test(`on Node ${version} every subpath is imported and the samples of the READMEs run`, async t => {
    t.equal(await project.run(node, ['--disable-warning=ExperimentalWarning', 'imports.js']), 'imported\n')
    await project.run(node, ['--import=./no-names.js', 'sender.ts'], SETTINGS)
    t.equal(await project.ask(node, 'webhooks.ts', SETTINGS, '/webhooks/instagram', UNSIGNED), 401)
    t.equal(await project.ask(node, 'instagram.ts', SETTINGS, '/dialog/open/'), 200)
  })
}

for (const [module, moduleResolution] of [['nodenext', 'nodenext'], ['esnext', 'bundler']] as const) {
  t.test(`with moduleResolution ${moduleResolution} every subpath and the samples type-check`, async t => {
    project.write('subpaths.ts', SUBPATHS.map((path, index) => `export * as subpath${index} from '${path}'`).join('\n'))
    project.write('tsconfig.json', JSON.stringify({
      compilerOptions: { module, moduleResolution, target: 'es2024', lib: ['es2024', 'dom', 'dom.iterable'], types: ['node'], strict: true, noEmit: true, skipLibCheck: true },
      files: ['subpaths.ts', ...PACKAGES.map(name => `${name}.ts`)]
    }))
    t.equal(await project.run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.']), '')
  })
}

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
