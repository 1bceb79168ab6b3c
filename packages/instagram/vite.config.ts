// Builds what browsers load into dist/assets: the dialog with its languages, the page that old clients ask for cookies, and filepicker.js.
import { defineConfig } from 'vite'

const input = (path: string) => new URL(path, import.meta.url).pathname

export default defineConfig({
  root: input('src/dialog/app'),
  publicDir: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  builder: {},
  build: { target: ['chrome111', 'safari16.4', 'firefox114'], modulePreload: false },
  environments: {
    client: {
      build: {
        outDir: input('dist/assets'),
        assetsDir: '',
        emptyOutDir: true,
        manifest: 'manifest.json',
        rolldownOptions: { input: { dialog: input('src/dialog/app/main.tsx'), cookies: input('src/dialog/app/cookies.ts') } }
      }
    },
    classic: {
      consumer: 'client',
      build: {
        outDir: input('dist/assets'),
        emptyOutDir: false,
        copyPublicDir: false,
        rolldownOptions: {
          input: { filepicker: input('src/browser/classic/filepicker.ts') },
          output: { format: 'iife', entryFileNames: 'filepicker.js' }
        }
      }
    }
  }
})
