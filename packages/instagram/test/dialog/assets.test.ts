import { mkdirSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import t from 'tap'
import { readAssets } from '../../src/dialog/assets.ts'

t.test('built files are found by name, whole and compressed; other files are not served', async t => {
  const directory = t.testdir({ 'manifest.json': JSON.stringify({ 'main.tsx': { file: 'a-1.js', css: ['a-2.css'] } }), 'a-1.js': 'let a = 1', 'a-2.css': 'b{}', 'a-1.js.map': '{}' })
  const assets = readAssets(pathToFileURL(`${directory}/`))
  t.same([...assets.files.keys()].sort(), ['a-1.js', 'a-2.css'])
  const script = assets.files.get('a-1.js')
  t.equal(script?.mimetype, 'text/javascript; charset=utf-8')
  t.equal(gunzipSync(script?.gzipped ?? Buffer.alloc(0)).toString(), 'let a = 1')
  t.same(assets.entry('main.tsx'), { script: 'a-1.js', styles: ['a-2.css'] })
  t.throws(() => assets.entry('none.tsx'), /build it again/)
})

t.test('without a build, the error says what to run', async t => {
  const directory = t.testdir()
  mkdirSync(`${directory}/empty`)
  writeFileSync(`${directory}/empty/other.txt`, '')
  t.throws(() => readAssets(pathToFileURL(`${directory}/empty/`)), /pnpm run build:assets/)
})
