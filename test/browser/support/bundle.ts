import { build } from 'vite'

const PAGE = new URL('../page.js', import.meta.url).pathname

/** What a bundler makes of a module that imports from `@contactsheet/instagram/browser`: one minified ES module. */
export async function bundle (source: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['contactsheet-source'] },
    build: { write: false, minify: true, rolldownOptions: { input: PAGE, preserveEntrySignatures: 'strict' } },
    plugins: [{ name: 'page', enforce: 'pre', resolveId: id => id === PAGE ? PAGE : undefined, load: id => id === PAGE ? source : undefined }]
  })
  const [output] = [built].flat()
  if (output === undefined || !('output' in output)) throw new Error('vite built nothing')
  return output.output[0].code
}
