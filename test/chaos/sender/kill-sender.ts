// The process that is killed: stores the events it is told to, and delivers. Says which are stored only when they are.
import { createSender } from '@contactsheet/sender'
import { KILL_SCHEDULE, KILL_SECRET, eventId, type FromChild, type ToChild } from './kill-options.ts'

const CALLERS = 32
const [database = '', url = ''] = process.argv.slice(2)
const sender = createSender({
  database, schedule: KILL_SCHEDULE, breaker: false, allow: ['127.0.0.1'], endpoints: [{ url, events: ['fp.upload'], secret: KILL_SECRET }]
})
await sender.start()
let storing: Promise<unknown> = Promise.resolve()

process.on('message', ({ missing = [], tellWhenIdle }: ToChild) => {
  storing = storing.then(() => store(missing))
  if (tellWhenIdle) storing.then(tellIdle)
})
process.send?.({} satisfies FromChild)

async function store (ids: number[]): Promise<void> {
  let next = 0
  await Promise.all(Array.from({ length: CALLERS }, async () => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) {
      await sender.send({ action: 'fp.upload', id, timestamp: 1, text: { filename: `photo-${id}.jpg` } }, { id: eventId(id) })
      process.send?.({ stored: id } satisfies FromChild)
    }
  }))
}

async function tellIdle (): Promise<void> {
  const left = await Promise.all((['pending', 'inFlight'] as const).map(state => sender.deliveries.list({ state, limit: 1 })))
  if (left.flat().length === 0) process.send?.({ isIdle: true } satisfies FromChild)
  else setTimeout(tellIdle, 200)
}
