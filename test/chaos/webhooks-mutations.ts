// A million requests, each changed after it was signed: none may be accepted. Prints why they were refused.
//
//   pnpm --filter @contactsheet-test/chaos run webhooks-mutations [count] [seed]
import { fuzz } from '../../packages/webhooks/test/fuzz/mutations.ts'

const [count = 1_000_000, seed = 1] = process.argv.slice(2).map(Number)
const startedAt = performance.now()
const { accepted, codes } = fuzz(count, seed)
console.log({ count, seed, accepted: accepted.length, seconds: Math.round(performance.now() - startedAt) / 1000, codes })
for (const mutant of accepted.slice(0, 10)) console.log(mutant.what, mutant.headers, mutant.body.toString())
process.exitCode = accepted.length === 0 ? 0 : 1
