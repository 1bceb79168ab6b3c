import t from 'tap'
import { folder } from '../pictures.ts'
import { mutateFiles } from './mutate-files.ts'

// A busy machine needs longer than the runner's default.
t.setTimeout(180_000)

const MIB = 1024 * 1024

t.test('files with changed bytes are converted or refused, and end no process', async t => {
  const { statuses, fatal, peakBytes } = await mutateFiles({ folder: folder(t), count: 900, seed: 20_261_124 })
  t.strictSame(Object.keys(statuses).filter(status => !['200', '413', '415', '422', '400'].includes(status)), [], JSON.stringify(statuses))
  t.strictSame(fatal, [])
  t.ok((statuses[200] ?? 0) > 0 && (statuses[422] ?? 0) > 0, 'both kinds came')
  t.ok(peakBytes < 500 * MIB, `${Math.round(peakBytes / MIB)} MiB`)
})
