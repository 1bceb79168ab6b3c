import { build } from 'vite'

/** What a bundler makes of a module: one minified ES module. `@contactsheet/instagram/browser` is taken from its source. */
export async function bundle (source: string, extension: 'js' | 'ts' | 'tsx' = 'js'): Promise<string> {
  const page = new URL(`../page.${extension}`, import.meta.url).pathname
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { conditions: ['contactsheet-source'] },
    build: { write: false, minify: true, rolldownOptions: { input: page, preserveEntrySignatures: 'strict' } },
    plugins: [{ name: 'page', enforce: 'pre', resolveId: id => id === page ? page : undefined, load: id => id === page ? source : undefined }]
  })
  const [output] = [built].flat()
  if (output === undefined || !('output' in output)) throw new Error('vite built nothing')
  return output.output[0].code
}
