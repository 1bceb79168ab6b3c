import t from 'tap'
import { opening } from './converter-suite-setup.ts'
import { converterSuite } from './converter-suite.ts'

// A busy machine needs longer than the runner's default.
t.setTimeout(180_000)

t.test('conversions in the server\'s own process', async t => await converterSuite(t, opening(0)))
