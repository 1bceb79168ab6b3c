import type { WebhookEvent } from '@contactsheet/webhooks'
import type { ExpressionBuilder, Transaction } from 'kysely'
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

interface Row { id: number, handle: string, event: string, attempts: number }
const FIELDS = ['id', 'handle', 'event', 'attempts'] as const

/** A host renews its claim while `onEvent` runs. One that has not for so long is dead: its events are told by another, or by its next start. */
const LEASE_MS = 5_000
const RENEWAL_MS = 1_500
/** How long one call of `onEvent` may take. */
const TELLING_MS = 60_000
/** Handles whose events are told at the same time. */
const MOST_HANDLES = 16
/** Events read at once, of all these handles together. */
const MOST_ROWS = 256
/** So long after its claim no further event of a handle is told with it: a crash lets what was told since be told twice, and a lease may be over. */
const UNWRITTEN_MS = 50
/** How often a host looks for events that another one left behind. */
const PATROL_MS = 1_000
const PAUSES_MS = [1_000, 2_000, 5_000, 15_000, 60_000] as const
const LONGEST_PAUSE_MS = Math.max(...PAUSES_MS)

/** Events wait here, written in the transaction of their change, until `onEvent` has taken them: at least once, and in order for each handle. */
export function createOutbox ({ database, now, onEvent, onRefusal = () => {} }: OutboxOptions) {
  const runs = new Set<Promise<void>>()
  const taken: number[] = []
  let erasing: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let turn: Promise<void> | undefined
  let isAwaited = false
  let isOpen = false

  /** Claims the first event of handles where it is due. Nobody else can claim what follows of them, so that it comes along. */
  async function claim (time: number, limit: number): Promise<Row[][]> {
    // What waits for longer than anything does was put off before the clock was set back.
    const isDue = ({ or, eb }: ExpressionBuilder<Tables, 'contactsheet_outbox'>) => or([eb('due_at_ms', '<=', time), eb('due_at_ms', '>', time + LONGEST_PAUSE_MS)])
    const due = database.selectFrom('contactsheet_outbox').select('id').where(isDue)
      .where(({ not, exists, selectFrom }) => not(exists(selectFrom('contactsheet_outbox as earlier').select('earlier.id')
        .whereRef('earlier.handle', '=', 'contactsheet_outbox.handle').whereRef('earlier.id', '<', 'contactsheet_outbox.id'))))
      .orderBy('id').limit(limit)
    const heads = await database.updateTable('contactsheet_outbox').set({ due_at_ms: time + LEASE_MS })
      .where('id', 'in', due).where(isDue).returning(FIELDS).execute()
    if (heads.length === 0) return []
    const rest = await database.selectFrom('contactsheet_outbox').select(FIELDS)
      .where('handle', 'in', heads.map(({ handle }) => handle)).where('id', 'not in', heads.map(({ id }) => id))
      .orderBy('id').limit(MOST_ROWS).execute()
    return heads.sort((left, right) => left.id - right.id).map(head => [head, ...rest.filter(({ handle }) => handle === head.handle)])
  }

  async function putOff (id: number, milliseconds: number, attempts?: number): Promise<void> {
    await database.updateTable('contactsheet_outbox')
      .set({ due_at_ms: now() + milliseconds, ...(attempts === undefined ? {} : { attempts }) }).where('id', '=', id).execute()
  }

  /** Tells the events of one handle, one after the other: of them the first is claimed, and stays in the table until the last of them is told. */
  async function run (rows: Row[], claimedAtMs: number): Promise<void> {
    const [head] = rows
    if (head === undefined) return
    const renewal = setInterval(() => { putOff(head.id, LEASE_MS).catch(error => { onRefusal(error, { id: head.id, action: 'outbox' }) }) }, RENEWAL_MS).unref()
    const told: number[] = []
    try {
      for (const row of rows) {
        if (row !== head && (!isOpen || now() - claimedAtMs > UNWRITTEN_MS)) break
        if (!await isTaken(row)) {
          clearInterval(renewal)
          await putOff(row.id, PAUSES_MS[row.attempts] ?? LONGEST_PAUSE_MS, row.attempts + 1)
          break
        }
        told.push(row.id)
      }
    } finally {
      clearInterval(renewal)
    }
    if (told.length > 0) await erase(told)
  }

  async function isTaken ({ id, event }: Row): Promise<boolean> {
    const full = { ...JSON.parse(event) as EventDraft, id } as WebhookEvent
    try {
      await within(TELLING_MS, onEvent(full))
      return true
    } catch (error) {
      onRefusal(error, { id, action: full.action })
      return false
    }
  }

  /** Events that were taken in the same moment leave the table in one commit: each commit waits for the disk. */
  async function erase (ids: readonly number[]): Promise<void> {
    taken.push(...ids)
    erasing ??= new Promise<void>(resolve => { setImmediate(resolve) }).then(async () => {
      erasing = undefined
      await database.deleteFrom('contactsheet_outbox').where('id', 'in', taken.splice(0)).execute()
    })
    await erasing
  }

  const isWanted = (): boolean => isAwaited && isOpen

  async function pump (): Promise<void> {
    while (isWanted()) {
      isAwaited = false
      const room = MOST_HANDLES - runs.size
      const time = now()
      for (const rows of room > 0 ? await claim(time, room) : []) {
        const running = run(rows, time).catch(error => { onRefusal(error, { id: rows[0]?.id ?? 0, action: 'outbox' }) }).finally(() => {
          runs.delete(running)
          wake()
        })
        runs.add(running)
      }
    }
  }

  /** Looks for events now. Called after every commit that wrote one. */
  function wake (): void {
    isAwaited = true
    if (!isOpen || turn !== undefined) return
    clearTimeout(timer)
    turn = pump().catch(error => { onRefusal(error, { id: 0, action: 'outbox' }) }).finally(() => {
      turn = undefined
      if (isOpen) timer = setTimeout(wake, isAwaited ? 0 : PATROL_MS).unref()
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
      await Promise.all(runs)
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
