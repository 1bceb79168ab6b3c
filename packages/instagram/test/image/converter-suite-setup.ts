import type { Test } from 'tap'
import { openConverter, type ConversionOptions } from '../../src/image/open-converter.ts'
import type { OpenConverter } from './converter-suite.ts'

/** Opens converters that run so many processes (0: none but the test's own) and closes them with the test. */
export function opening (processes: number): OpenConverter {
  return (t: Test, options: ConversionOptions = {}, cacheDirectory?: string) => {
    const converter = openConverter({ processes, ...options }, cacheDirectory)
    t.teardown(async () => await converter.close())
    return converter
  }
}
