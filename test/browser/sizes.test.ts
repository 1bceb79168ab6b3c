// How much browsers load. Limits in bytes after gzip.
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { bundle } from './support/bundle.ts'

const KIB = 1024
const assets = new URL('../../packages/instagram/dist/assets/', import.meta.url)
const names = readdirSync(assets)
const sizeOf = (pattern: RegExp): number => {
  const sizes = names.filter(name => pattern.test(name)).map(name => gzipSync(readFileSync(new URL(name, assets)), { level: 9 }).length)
  if (sizes.length === 0) throw new Error(`no built file is called ${pattern}`)
  return Math.max(...sizes)
}

t.test('the dialog with its style and its largest language stays below 45 KiB', async t => {
  const [script, style, language] = [sizeOf(/^dialog-.*\.js$/), sizeOf(/^dialog-.*\.css$/), sizeOf(/^(en|de|fr|es|pt|ja|ar|zh)-.*\.js$/)]
  t.comment(`script ${script}, style ${style}, largest language ${language} bytes`)
  t.ok(script + style + language <= 45 * KIB)
})

t.test('every language is a file of its own', async t => {
  t.equal(names.filter(name => /^(en|de|fr|es|pt|ja|ar|zh)-.*\.js$/.test(name)).length, 8)
})

t.test('the whole promise client stays below 8 KiB, and what is not imported is left out', async t => {
  const whole = gzipSync(await bundle("export * from '@contactsheet/instagram/browser'"), { level: 9 }).length
  const one = gzipSync(await bundle("import { convert } from '@contactsheet/instagram/browser'\nconvert('https://photos.example/api/file/x', { width: 1 })"), { level: 9 }).length
  t.comment(`whole ${whole}, convert alone ${one}, filepicker.js ${sizeOf(/^filepicker\.js$/)} bytes`)
  t.ok(whole <= 8 * KIB)
  t.ok(one < whole / 2)
})
