// How large the receiver is when it is bundled, and the package when it is published.
//
//   pnpm --filter @contactsheet-test/bench run webhooks-size
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const folder = fileURLToPath(new URL('../../../packages/webhooks/', import.meta.url))

/** What an application imports, and the bytes that come with it. The schemas and their library are not ours to shrink. */
async function bundle (name: string, code: string): Promise<void> {
  const { outputFiles: [file] } = await build({
    stdin: { contents: code, resolveDir: `${folder}src`, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    write: false,
    external: ['typebox', 'typebox/compile', './events.ts']
  })
  const bytes = file?.contents ?? new Uint8Array()
  console.log(`  ${name.padEnd(44)} ${String(bytes.length).padStart(7)} minified ${String(gzipSync(bytes, { level: 9 }).length).padStart(6)} gzip`)
}

console.log('bundled, bytes')
await bundle('signHeaders', "export { signHeaders } from './sign.ts'")
await bundle('signHeaders, verify', "export { signHeaders } from './sign.ts'; export { verify } from './verify.ts'")
await bundle('createReceiver', "export { createReceiver } from './receiver.ts'")
await bundle('fastify plugin', "export { webhookReceiver } from './fastify.ts'")

const [packed] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: folder, encoding: 'utf8' })) as Array<{ size: number, unpackedSize: number, entryCount: number }>
console.log(`\npublished: ${packed?.size} bytes packed, ${packed?.unpackedSize} unpacked, ${packed?.entryCount} files`)
