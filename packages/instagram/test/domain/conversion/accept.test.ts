import t from 'tap'
import { formatFor } from '../../../src/domain/conversion/accept.ts'

t.test('the best format that the browser names is chosen; wildcards and refusals are no promise', async t => {
  for (const [accept, format] of [
    ['image/avif,image/webp,image/apng,*/*;q=0.8', 'avif'],
    ['image/webp,*/*', 'webp'],
    ['IMAGE/WEBP', 'webp'],
    ['image/avif;q=0, image/webp', 'webp'],
    ['image/avif;q=0.0;x=1, image/png', 'source'],
    ['image/avif;q=0.1', 'avif'],
    ['*/*', 'source'],
    ['image/*', 'source'],
    ['', 'source'],
    [undefined, 'source']
  ] as const) t.equal(formatFor(accept), format, String(accept))
})
