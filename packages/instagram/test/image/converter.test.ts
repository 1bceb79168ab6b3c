import t, { type Test } from 'tap'
import { openConverter, type ConversionOptions } from '../../src/image/open-converter.ts'
import { converterSuite } from './converter-suite.ts'

/** Every way to run conversions passes the same suite. */
for (const [name, processes] of [['in child processes', 2], ['in this process', 0]] as const) {
  t.test(name, async t => {
    await converterSuite(t, (t: Test, options: ConversionOptions = {}, cacheDirectory?: string) => {
      const converter = openConverter({ processes, ...options }, cacheDirectory)
      t.teardown(async () => await converter.close())
      return converter
    })
  })
}
