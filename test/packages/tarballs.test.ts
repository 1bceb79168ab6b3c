import { spawnSync } from 'node:child_process'
import t from 'tap'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { readFileSync } from 'node:fs'
import { PACKAGES, packAll } from './pack.ts'

const tarballs = packAll()

for (const name of PACKAGES) {
  t.test(`publint finds nothing to say about @contactsheet/${name}`, async t => {
    const file = readFileSync(tarballs[name])
    const { messages, pkg } = await publint({ strict: true, pack: { tarball: file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) } })
    t.same(messages.map(message => formatMessage(message, pkg)), [])
  })

  t.test(`every subpath of @contactsheet/${name} has the right types for ESM`, async t => {
    const { status, stdout, stderr } = spawnSync('node_modules/.bin/attw', ['--profile', 'esm-only', '--no-color', '--format', 'ascii', tarballs[name]], {
      cwd: import.meta.dirname, encoding: 'utf8'
    })
    t.equal(status, 0, stdout + stderr)
  })

  t.test(`@contactsheet/${name} is published without what the compiler needs or notes on this machine`, async t => {
    const { stdout } = spawnSync('tar', ['-tzf', tarballs[name]], { encoding: 'utf8' })
    t.match(stdout, 'package/package.json')
    t.same(stdout.split('\n').filter(file => /\.tsbuildinfo$|\btsconfig\b.*\.json$/.test(file)), [])
  })
}
