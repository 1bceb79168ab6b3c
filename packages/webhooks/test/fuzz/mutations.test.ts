import t from 'tap'
import { fuzz } from './mutations.ts'

// The million is `node test/chaos/webhooks-mutations.ts`.
t.test('of 40,000 requests changed after signing none is accepted, and every reason to refuse is met', async t => {
  const { accepted, codes } = fuzz(40_000, 20260101)
  t.same(accepted, [])
  for (const code of [
    'WEBHOOK_BODY_EMPTY', 'WEBHOOK_ID_INVALID', 'WEBHOOK_SECRET_UNUSABLE', 'WEBHOOK_SIGNATURE_INVALID', 'WEBHOOK_SIGNATURE_MISMATCH',
    'WEBHOOK_TIMESTAMP_AHEAD', 'WEBHOOK_TIMESTAMP_INVALID', 'WEBHOOK_TIMESTAMP_STALE'
  ]) t.ok(codes[code], code)
})
