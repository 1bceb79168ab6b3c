import { readdir } from 'node:fs/promises'
import fc from 'fast-check'
import type { Test } from 'tap'
import type { WebhookEvent } from '@contactsheet/webhooks'
import { gif, jpeg, png } from '../pictures.ts'
import { operations, type Model, type Real } from './files-model.ts'
import { fileServices } from './in-memory.ts'

/** Operations on each database; `OPERATIONS=10000` for the whole run. */
const OPERATIONS = Number(process.env.OPERATIONS ?? 250)
const AT_ONCE = 250

const photos = new Map([['17900000000000001', jpeg], ['17900000000000002', png], ['17900000000000003', gif]])

/** Runs random operations on services and on a model of them in memory. */
export async function agree (t: Test, address: (t: Test) => Promise<string>): Promise<void> {
  let count = 0
  const run = async (commands: Iterable<fc.AsyncCommand<Model, Real>>): Promise<void> => {
    await t.test(`from an empty database, ${++count}`, async t => {
      const directory = t.testdir()
      const events: WebhookEvent[] = []
      const services = await fileServices(t, { photos, address: await address(t), storage: { type: 'disk', directory }, onEvent: event => { events.push(event) } })
      const model: Model = { made: [] }
      await fc.asyncModelRun(() => ({ model, real: { services, photos } }), commands)
      await everythingAgrees(t, model, directory, services, events)
    })
  }
  const orders = fc.array(fc.oneof(...operations(photos)), { minLength: AT_ONCE, maxLength: AT_ONCE })
  await fc.assert(fc.asyncProperty(orders, run), { numRuns: Math.ceil(OPERATIONS / AT_ONCE), endOnFailure: true })
}

/** After the last operation: storage has the bytes of every file and no others, and every change was told once and in order. */
async function everythingAgrees (t: Test, model: Model, directory: string, services: Awaited<ReturnType<typeof fileServices>>, events: WebhookEvent[]): Promise<void> {
  const keys = model.made.flatMap(({ record, isThere }) => isThere && record.source.kind === 'stored' ? [record.source.key] : [])
  const found = await readdir(`${directory}/files`, { recursive: true, withFileTypes: true }).catch(() => [])
  t.equal(found.filter(entry => entry.isFile()).length, keys.length, 'as many objects as stored files')
  t.same(await readdir(`${directory}/.parts`).catch(() => []), [], 'no parts')
  t.same(await services.database.selectFrom('contactsheet_loose_objects').selectAll().execute(), [], 'no loose objects')

  const expected = model.made.reduce((sum, { actions }) => sum + actions.length, 0)
  while (events.length < expected) await new Promise(resolve => setImmediate(resolve))
  await services.outbox.close()
  const toldOf = Map.groupBy(events, event => (event as { text: { url: string } }).text.url)
  t.ok(model.made.every(({ record, actions }) => (toldOf.get(services.files.urlOf(record)) ?? []).map(({ action }) => action).join() === actions.join()), 'each file\'s events in order')
  const ids = events.map(event => (event as { id: number }).id)
  t.equal(new Set(ids).size, expected, 'each event once')
}
