import { mock } from 'node:test'
import t from 'tap'
import fastify from 'fastify'
import { upkeep } from '../../src/routes/upkeep.ts'
import type { InstagramServices } from '../../src/services.ts'
import { createBackground } from '../../src/use-cases/background.ts'

const HOUR_MS = 60 * 60_000

/** A server with upkeep alone, on timers that the test moves. */
async function build (t: { teardown: (work: () => void) => void }, keepHouse: (signal: AbortSignal) => Promise<void>) {
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => mock.timers.reset())
  let isQuiet = false
  const background = createBackground()
  const services = { keepHouse, background, news: { close: () => { isQuiet = true } } } as unknown as InstagramServices
  const server = fastify()
  await server.register(upkeep, { services })
  await server.ready()
  return { server, background, isQuiet: () => isQuiet }
}

t.test('the house is kept within a minute of the start, and every hour from then on', async t => {
  let times = 0
  const { server, background } = await build(t, async () => { times++ })
  mock.timers.tick(60_000)
  t.equal(times, 1)
  mock.timers.tick(HOUR_MS)
  mock.timers.tick(HOUR_MS)
  t.equal(times, 3)
  await server.close()
  await background.settled()
  mock.timers.tick(10 * HOUR_MS)
  t.equal(times, 3, 'and not after the end')
})

t.test('a failure is no end of it', async t => {
  let times = 0
  const { server, background } = await build(t, async () => { times++; throw new Error('database away') })
  mock.timers.tick(60_000)
  await background.settled()
  mock.timers.tick(HOUR_MS)
  t.equal(times, 2)
  await server.close()
})

t.test('closing the server ends what is under way, and the streams of dialogs', async t => {
  let given: AbortSignal | undefined
  const { server, isQuiet } = await build(t, async signal => { given = signal })
  mock.timers.tick(60_000)
  t.equal(given?.aborted, false)
  await server.close()
  t.equal(given?.aborted, true)
  t.equal(isQuiet(), true)
})
