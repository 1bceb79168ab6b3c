// How large the receiver is when it is bundled, and the package when it is published, and how long a project that uses it is type-checked.
// Run `pnpm run build` before.
//
//   pnpm --filter @contactsheet-test/bench run webhooks-size
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { atMost, report, told } from '../../results/report.ts'
import { typeCheckSeconds } from './type-check.ts'

const folder = fileURLToPath(new URL('../../../packages/webhooks/', import.meta.url))

/** What an application imports, and the bytes that come with it, gzipped. The schemas and their library are not ours to shrink. */
async function bundle (code: string): Promise<number> {
  const { outputFiles: [file] } = await build({
    stdin: { contents: code, resolveDir: `${folder}src`, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    write: false,
    external: ['typebox', 'typebox/compile', './events.ts']
  })
  return gzipSync(file?.contents ?? new Uint8Array(), { level: 9 }).length
}

const CORE_BYTES = 4096
const PACKAGE_BYTES = 150_000
const TYPE_CHECK_SECONDS = 2

const [packed] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: folder, encoding: 'utf8' })) as Array<{ size: number, unpackedSize: number, entryCount: number }>

report('webhooks-size', 'What @contactsheet/webhooks adds to a project', [
  told('signHeaders, bytes gzipped', await bundle("export { signHeaders } from './sign.ts'")),
  atMost('signHeaders and verify, bytes gzipped', await bundle("export { signHeaders } from './sign.ts'; export { verify } from './verify.ts'"), CORE_BYTES),
  told('createReceiver, bytes gzipped', await bundle("export { createReceiver } from './receiver.ts'")),
  told('the Fastify plugin, bytes gzipped', await bundle("export { webhookReceiver } from './fastify.ts'")),
  told('published, bytes packed', packed?.size ?? NaN),
  atMost('published, bytes unpacked', packed?.unpackedSize ?? NaN, PACKAGE_BYTES),
  atMost('type check of a project that uses it, seconds', typeCheckSeconds(), TYPE_CHECK_SECONDS)
])
