// Many more changed files than the tests try: node --conditions=contactsheet-source packages/instagram/test/image/hostile/mutations.ts [count] [seed]
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mutateFiles } from './mutate-files.ts'

/** Converted, or refused for what it is. */
const EXPECTED = new Set(['200', '400', '413', '415', '422'])
const [, , count = '100000', seed = '1'] = process.argv
const folder = await mkdtemp(join(tmpdir(), 'contactsheet-'))
try {
  const begun = performance.now()
  const report = await mutateFiles({ folder, count: Number(count), seed: Number(seed) })
  const isClean = report.fatal.length === 0 && Object.keys(report.statuses).every(status => EXPECTED.has(status))
  console.log({ ...report, peakMiB: Math.round(report.peakBytes / 1024 / 1024), seconds: Math.round((performance.now() - begun) / 1_000) })
  process.exitCode = isClean ? 0 : 1
} finally {
  await rm(folder, { recursive: true, force: true })
}
