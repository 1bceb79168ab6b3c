import t from 'tap'
import { createConversionTeller } from '../../src/use-cases/conversion-teller.ts'
import { createOutbox } from '../../src/stores/outbox.ts'
import { openDatabase } from '../../src/stores/open-database.ts'
import type { EventDraft } from '../../src/domain/event.ts'
import type { WebhookEvent } from '@contactsheet/webhooks'

const event: EventDraft = { action: 'fp.delete', timestamp: 1, text: { url: 'u' } }

t.test('events of one moment are written in one commit, in order, and told', async t => {
  const database = await openDatabase(':memory:')
  t.teardown(async () => await database.destroy())
  const told: WebhookEvent[] = []
  const outbox = createOutbox({ database, now: Date.now, onEvent: event => { told.push(event) } })
  const teller = createConversionTeller({ outbox })
  for (const handle of ['a', 'b', 'c']) teller.tell(handle, event)
  await teller.close()
  const rows = await database.selectFrom('contactsheet_outbox').select(['handle', 'event']).orderBy('id').execute()
  t.strictSame(rows.map(({ handle }) => handle), ['a', 'b', 'c'])
  t.strictSame(JSON.parse(rows[0]?.event ?? ''), event)
  outbox.start()
  while (told.length < 3) await new Promise(resolve => { setImmediate(resolve) })
  await outbox.close()
  t.strictSame(told.map(({ action }) => action), ['fp.delete', 'fp.delete', 'fp.delete'])
})

t.test('nothing is written when nobody listens', async t => {
  const database = await openDatabase(':memory:')
  t.teardown(async () => await database.destroy())
  const outbox = createOutbox({ database, now: Date.now, onEvent: () => {} })
  const teller = createConversionTeller({ outbox, isHeard: false })
  teller.tell('a', event)
  await teller.close()
  t.strictSame(await database.selectFrom('contactsheet_outbox').selectAll().execute(), [])
})

t.test('an event that cannot be written is heard of, and the next ones are written', async t => {
  const database = await openDatabase(':memory:')
  const errors: unknown[] = []
  const outbox = createOutbox({ database, now: Date.now, onEvent: () => {} })
  const teller = createConversionTeller({ outbox, onError: error => errors.push(error) })
  await database.destroy()
  teller.tell('a', event)
  await teller.close()
  t.equal(errors.length, 1)
  await teller.close()
  t.equal(errors.length, 1, 'nothing is left to write')
})
