// Stores one event, starts its first attempt, never gets an answer, and says when the attempt is under way.
import { createSender } from '../../src/index.ts'

const [database = '', url = '', secret = ''] = process.argv.slice(2)
const sender = createSender({
  database,
  allow: ['127.0.0.1'],
  endpoints: [{ url, secret }],
  transport: {
    post: () => {
      process.stdout.write('under way\n')
      return new Promise(() => { setInterval(() => {}, 60_000) })
    },
    close: async () => {}
  }
})
await sender.send({ action: 'fp.upload', id: 1 })
