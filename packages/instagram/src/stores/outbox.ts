import type { WebhookEvent } from '@contactsheet/webhooks'
import { sql, type Transaction } from 'kysely'
import type { EventDraft } from '../domain/event.ts'
import type { Database, Tables } from './database.ts'

export interface OutboxOptions {
  database: Database
  now: () => number
  /** Told until it resolves; a refusal is tried again. */
  onEvent: (event: WebhookEvent) => Promise<void> | void
  /** Hears of every refusal. */
  onRefusal?: (error: unknown, event: { id: number, action: string }) => void
}

export type Outbox = ReturnType<typeof createOutbox>

interface Row { id: number, event: string, attempts: number }

/** A host renews its claim while `onEvent` runs. One that has not for so long is dead: its events are told by another, or by its next start. */
const LEASE_MS = 5_000
const RENEWAL_MS = 1_500
/** How long one call of `onEvent` may take. */
const TELLING_MS = 60_000
const BATCH = 16
/** How often a host looks for events that another one left behind. */
const PATROL_MS = 1_000
const PAUSES_MS = [1_000, 2_000, 5_000, 15_000, 60_000] as const

/** Events wait here, written in the transaction of their change, until `onEvent` has taken them: at least once, and in order for each handle. */
export function createOutbox ({ database, now, onEvent, onRefusal = () => {} }: OutboxOptions) {
  const telling = new Set<Promise<void>>()
  const taken: number[] = []
  let erasing: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let turn: Promise<void> | undefined
  let isAwaited = false
  let isOpen = false

  /** Claims what is due, at most one event of a handle, and none that has an earlier one before it. */
  async function claim (limit: number): Promise<Row[]> {
    const time = now()
    const due = database.selectFrom('contactsheet_outbox as row').select('row.id')
      .where('row.due_at_ms', '<=', time)
      .where(({ not, exists, selectFrom }) => not(exists(selectFrom('contactsheet_outbox as earlier').select('earlier.id')
        .whereRef('earlier.handle', '=', 'row.handle').whereRef('earlier.id', '<', 'row.id'))))
      .orderBy('row.id').limit(limit)
    const rows = await database.updateTable('contactsheet_outbox')
      .set({ due_at_ms: time + LEASE_MS, attempts: sql<number>`attempts + 1` })
      .where('id', 'in', due).where('due_at_ms', '<=', time)
      .returning(['id', 'event', 'attempts']).execute()
    return rows.sort((left, right) => left.id - right.id)
  }

  async function renew (id: number): Promise<void> {
    await database.updateTable('contactsheet_outbox').set({ due_at_ms: now() + LEASE_MS }).where('id', '=', id).execute()
  }

  async function tell ({ id, event, attempts }: Row): Promise<void> {
    const full = { ...JSON.parse(event) as EventDraft, id } as WebhookEvent
    const renewal = setInterval(() => { renew(id).catch(error => { onRefusal(error, { id, action: full.action }) }) }, RENEWAL_MS).unref()
    try {
      await within(TELLING_MS, onEvent(full))
    } catch (error) {
      onRefusal(error, { id, action: full.action })
      const pause = PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1] ?? 0
      clearInterval(renewal)
      await database.updateTable('contactsheet_outbox').set({ due_at_ms: now() + pause }).where('id', '=', id).execute()
      return
    } finally {
      clearInterval(renewal)
    }
    await erase(id)
    wake()
  }

  /** Events that were taken in the same moment leave the table in one commit: each commit waits for the disk. */
  async function erase (id: number): Promise<void> {
    taken.push(id)
    erasing ??= new Promise<void>(resolve => { setImmediate(resolve) }).then(async () => {
      erasing = undefined
      await database.deleteFrom('contactsheet_outbox').where('id', 'in', taken.splice(0)).execute()
    })
    await erasing
  }

  async function pump (): Promise<void> {
    isAwaited = false
    const room = BATCH - telling.size
    for (const row of room > 0 ? await claim(room) : []) {
      const told = tell(row).catch(error => { onRefusal(error, { id: row.id, action: 'outbox' }) }).finally(() => { telling.delete(told) })
      telling.add(told)
    }
    if (isAwaited && isOpen) await pump()
  }

  /** Looks for events now. Called after every commit that wrote one. */
  function wake (): void {
    isAwaited = true
    if (!isOpen || turn !== undefined) return
    clearTimeout(timer)
    turn = pump().catch(error => { onRefusal(error, { id: 0, action: 'outbox' }) }).finally(() => {
      turn = undefined
      if (!isOpen) return
      timer = setTimeout(wake, PATROL_MS).unref()
    })
  }

  function toRow ({ handle, event }: { handle: string, event: EventDraft }) {
    return { handle, event: JSON.stringify(event), created_at_ms: now(), due_at_ms: 0, attempts: 0 }
  }

  return {
    wake,

    /** Adds an event to a transaction; call it after the change itself, whose row lock then keeps a handle's events in order. */
    async append (transaction: Transaction<Tables> | Database, handle: string, event: EventDraft): Promise<void> {
      await transaction.insertInto('contactsheet_outbox').values(toRow({ handle, event })).execute()
    },

    /** Adds events that belong to no change, in one commit. */
    async appendAll (events: ReadonlyArray<{ handle: string, event: EventDraft }>): Promise<void> {
      await database.insertInto('contactsheet_outbox').values(events.map(toRow)).execute()
      wake()
    },

    start (): void {
      isOpen = true
      wake()
    },

    /** Stops claiming and waits for what is being told. What is left stays in the table for the next start. */
    async close (): Promise<void> {
      isOpen = false
      clearTimeout(timer)
      await turn
      await Promise.all(telling)
    }
  }
}

/** A host's promise that never settles must not hold an event for ever. */
async function within (milliseconds: number, told: Promise<void> | void): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => { reject(new Error(`onEvent did not resolve within ${milliseconds / 1000} s`)) }, milliseconds).unref()
  })
  try {
    await Promise.race([told, late])
  } finally {
    clearTimeout(timer)
  }
}
