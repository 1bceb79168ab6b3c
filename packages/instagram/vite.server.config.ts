// Builds what Node.js loads into dist: few files in place of hundreds, because finding and linking each of them is most of a start.
// Dependencies stay packages of their own, so that their fixes arrive without a release of ours, but for three that only compute: of
// Kysely and TypeBox a part is used of a thousand modules, and lru-cache is 20 kB of code in 3 MB of copies.
import { defineConfig, type Plugin } from 'vite'

const BUNDLED = ['kysely', 'lru-cache', 'typebox']

/** What is imported from outside, and what is started as a program. */
const ENTRIES = ['index', 'image/pool/child', 'emulator/index', 'emulator/main', 'emulator/photos/paint-thread']

/** Modules that look for files beside themselves keep their places. */
const IN_PLACE = /\/src\/(dialog\/assets|image\/pool\/child-process|emulator\/photos\/painter)\.ts$/

const path = (name: string) => new URL(name, import.meta.url).pathname

/** V8 keeps a text with two bytes a character as soon as one is outside of Latin-1; there are two of them in 700 kB. */
const inLatin1: Plugin = {
  name: 'latin-1',
  generateBundle (_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'chunk') file.code = file.code.replace(/[^\0-\xff]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    }
  }
}

export default defineConfig({
  plugins: [inLatin1],
  publicDir: false,
  logLevel: 'warn',
  ssr: { noExternal: BUNDLED },
  build: {
    ssr: true,
    target: 'node22.18',
    outDir: path('dist'),
    emptyOutDir: false,
    license: { fileName: 'third-party-licenses.md' },
    rolldownOptions: {
      input: Object.fromEntries(ENTRIES.map(name => [name, path(`src/${name}.ts`)])),
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: ({ name }) => name.includes('/') ? '[name].js' : 'shared/[name].js',
        comments: { legal: true, annotation: false, jsdoc: false },
        codeSplitting: { groups: [{ debugName: 'in place', test: IN_PLACE, name: id => IN_PLACE.exec(id)?.[1] ?? null, includeDependenciesRecursively: false }] }
      }
    }
  }
})
