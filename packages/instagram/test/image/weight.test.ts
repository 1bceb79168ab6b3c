import t from 'tap'
import { parseConversion } from '../../src/domain/conversion/parse.ts'
import { createEstimates, weightOf } from '../../src/image/weight.ts'

const photo = { mimetype: 'image/jpeg', bytes: 200_000 }
const small = { w: 400, h: 400 }

t.test('the usual sizes of photos are light, in every format', async t => {
  for (const format of ['jpg', 'webp', 'avif', 'png']) t.equal(weightOf(parseConversion({ ...small, format }), photo).lane, 'light', format)
})

t.test('strong AVIF, animations, and huge results and sources are heavy', async t => {
  for (const [parameters, source] of [
    [{ ...small, format: 'avif', compress: true }, photo],
    [{ w: 3_000, h: 3_000, format: 'avif' }, photo],
    [{ ...small, format: 'webp' }, { mimetype: 'image/gif', bytes: 300_000 }],
    [small, { mimetype: 'image/gif', bytes: 300_000 }],
    [{ ...small, format: 'jpg' }, { mimetype: 'image/jpeg', bytes: 20_000_000 }]
  ] as const) t.equal(weightOf(parseConversion(parameters), source).lane, 'heavy', JSON.stringify(parameters))
})

t.test('one picture of an animation is light', async t => {
  for (const parameters of [{ ...small, page: 1 }, { ...small, animated: false }, { ...small, format: 'jpg' }]) {
    t.equal(weightOf(parseConversion(parameters), { mimetype: 'image/gif', bytes: 300_000 }).lane, 'light')
  }
})

t.test('what is expected follows what it took', async t => {
  const estimates = createEstimates()
  const weight = weightOf(parseConversion(small), photo)
  t.equal(estimates.expectedMs(weight), weight.baseMs)
  estimates.learn(weight, 100)
  t.equal(estimates.expectedMs(weight), 100)
  estimates.learn(weight, 200)
  t.equal(estimates.expectedMs(weight), 120)
})
