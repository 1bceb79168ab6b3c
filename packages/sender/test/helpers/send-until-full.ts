// Stores events until the database takes no more, then fills what room is left for the smallest commit. Says how many events were
// stored, and how it was told.
import { createSender } from '../../src/index.ts'

/** Where nothing ever refuses, it must end by itself. */
const MOST_TRIES = 1_000

const [database = '', url = '', secret = ''] = process.argv.slice(2)
const sender = createSender({ database, deliver: false, allow: ['127.0.0.1'], endpoints: [{ url, secret }] })
const outcomeOf = async (work: () => Promise<unknown>): Promise<string | undefined> => {
  try {
    await work()
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    return `${code} ${message}`
  }
}

let stored = 0
let refusal: string | undefined
for (let tries = 0; refusal === undefined && tries < MOST_TRIES; tries++) {
  refusal = await outcomeOf(() => sender.send({ action: 'fp.upload', id: stored + 1, text: 'x'.repeat(10_000) }))
  if (refusal === undefined) stored++
}
let check: string | undefined
for (let tries = 0; check === undefined && tries < MOST_TRIES; tries++) check = await outcomeOf(sender.check)
process.stdout.write(JSON.stringify({ stored, refusal, check }))
