import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { STATUS } from '../src/errors.ts'
import { createConversionMetrics } from '../src/image/metrics.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

t.test('the errors table lists every code with its status, and no other', async t => {
  const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \| (\d+) \|/gm)].map(([, code, status]) => [code, Number(status)])
  t.same(Object.fromEntries(rows), STATUS)
  t.equal(rows.length, Object.keys(STATUS).length, 'no row stands twice')
})

t.test('the options tables name every option', async t => {
  for (const [type, file] of [
    ['InstagramOptions', 'options.ts'], ['AppOptions', 'options.ts'], ['DiskLocationOptions', 'options.ts'], ['S3LocationOptions', 'options.ts'],
    ['ConversionOptions', 'image/open-converter.ts'], ['ConversionLimits', 'image/limits.ts']
  ] as const) {
    const names = fieldsOf(type, file)
    t.ok(names.length > 2)
    for (const name of names) t.match(readme, new RegExp(`\`[^\`\\n]*\\b${name}\\b`), `${type}.${name}`)
  }
})

t.test('the table of channels names each with every field and every reason', async t => {
  const file = 'domain/conversion/metrics.ts'
  const channels = [...sourceOf(file).matchAll(/^ {2}'(contactsheet\.[\w.-]+)': /gm)].map(([, name = '']) => name)
  t.same([...readme.matchAll(/^\| `(contactsheet\.[\w.-]+)` \|/gm)].map(([, name]) => name), channels)
  const [, reasons = ''] = /interface RestartMessage \{ reason: (.*) \}/.exec(sourceOf(file)) ?? []
  for (const word of [...fieldsOf('ConversionMessage', file), ...reasons.split(' | ').map(reason => reason.replaceAll("'", ''))]) t.match(readme, `\`${word}\``)
})

t.test('the sample that listens hears of conversions and of new processes', async t => {
  const [sample] = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code).filter(code => code.includes('diagnostics_channel'))
  const file = new URL('.readme-metrics.ts', import.meta.url)
  t.teardown(() => { rmSync(file) })
  writeFileSync(file, sample ?? '')
  const { args } = t.capture(console, 'log')
  await import(file.href)
  const counters = createConversionMetrics()
  counters.ended({ outcome: 'converted', waitMs: 2, workMs: 30 })
  counters.ended({ outcome: 'memory' })
  counters.restarted('deadline')
  t.same(args().flat(), ['converted after 32 ms', 'memory after 0 ms', 'a process was replaced: deadline'])
})

function sourceOf (file: string): string {
  return readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8')
}

function fieldsOf (type: string, file: string): string[] {
  const [, body = ''] = new RegExp(`export interface ${type} \\{\\n(.*?)\\n\\}`, 's').exec(sourceOf(file)) ?? []
  return [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name = '']) => name)
}
