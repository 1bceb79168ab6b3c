import t from 'tap'
import { opening } from './converter-suite-setup.ts'
import { converterSuite } from './converter-suite.ts'

t.test('conversions in child processes', async t => await converterSuite(t, opening(2)))
