import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PACKAGES, type PackageName } from './pack.ts'
import { NODES, type Project } from './project.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const TSC = join(root, 'node_modules/typescript/bin/tsc')
const MODULES = [['nodenext', 'nodenext'], ['esnext', 'bundler']] as const
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

/** The first `ts` block of a README: the sample of "Use". */
const sampleOf = (name: PackageName): string => /```ts\n(.*?)```/s.exec(readFileSync(join(root, 'packages', name, 'README.md'), 'utf8'))?.[1] ?? ''

function subpathsOf (name: PackageName): string[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as { exports: object }
  return Object.keys(exports).filter(path => path !== './package.json').map(path => `@contactsheet/${name}${path.slice(1)}`)
}

export interface Samples {
  /** Imports every subpath; answers `imported`. */
  importAll: (node?: string) => Promise<string>
  /** Runs the sample of each README; answers what each printed or answered with. */
  runAll: (node?: string) => Promise<Partial<Record<PackageName, unknown>>>
  /** Type-checks subpaths and samples under each way to resolve modules; answers what the compiler says. */
  typeCheck: () => Promise<string[]>
}

/** Importing one of these declares types and runs nothing. */
const TYPES_ONLY = ['@contactsheet/instagram/filepicker-global']

/** Lays the samples of some packages into a project. */
export function writeSamples (project: Project, names: readonly PackageName[] = PACKAGES): Samples {
  const subpaths = names.flatMap(subpathsOf)
  const current = NODES[process.versions.node] ?? process.execPath
  const runners: Record<PackageName, (node: string) => Promise<unknown>> = {
    webhooks: node => project.ask(node, 'webhooks.ts', SETTINGS, '/webhooks/instagram', UNSIGNED),
    sender: async node => { await project.run(node, ['--import=./no-names.js', 'sender.ts'], SETTINGS) },
    instagram: node => project.ask(node, 'instagram.ts', SETTINGS, '/dialog/open/')
  }
  project.write('no-names.js', NO_NAMES)
  for (const name of names) project.write(`${name}.ts`, sampleOf(name).replace('port: 3000', 'port: Number(process.env.PORT)'))
  project.write('subpaths.ts', subpaths.map((path, index) => `export * as subpath${index} from '${path}'`).join('\n'))
  project.write('imports.js', `for (const path of ${JSON.stringify(subpaths)}) {
  const found = await import(path)
  if (Object.keys(found).length === 0 && !${JSON.stringify(TYPES_ONLY)}.includes(path)) throw new Error(path + ' exports nothing')
}
console.log('imported')
`)
  return {
    importAll: async (node = current) => await project.run(node, ['--disable-warning=ExperimentalWarning', 'imports.js']),
    async runAll (node = current) {
      const answers: Partial<Record<PackageName, unknown>> = {}
      for (const name of names) answers[name] = await runners[name](node)
      return answers
    },
    async typeCheck () {
      const complaints: string[] = []
      for (const [module, moduleResolution] of MODULES) {
        project.write('tsconfig.json', JSON.stringify({
          compilerOptions: { module, moduleResolution, target: 'es2024', lib: ['es2024', 'dom', 'dom.iterable'], types: ['node'], strict: true, noEmit: true, skipLibCheck: true },
          files: ['subpaths.ts', ...names.map(name => `${name}.ts`)]
        }))
        complaints.push(await project.run(process.execPath, [TSC, '-p', '.']))
      }
      return complaints
    }
  }
}
