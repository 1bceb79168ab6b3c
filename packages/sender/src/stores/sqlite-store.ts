import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { SenderError } from '../errors.ts'
import type { DeliveryStore } from './delivery-store.ts'
import { EndpointTable } from './sqlite/endpoint-table.ts'
import { GroupCommit } from './sqlite/group-commit.ts'
import { SqliteLog } from './sqlite/log.ts'
import { SqliteQueue } from './sqlite/queue.ts'
import { nextEpoch, prepareSchema, touch } from './sqlite/schema.ts'
import { SqliteUpkeep } from './sqlite/upkeep.ts'
import { lockWriter } from './sqlite/writer-lock.ts'

/** WAL: a commit is one fsync, readers never wait. FULL: that fsync happens. Deleted bytes are overwritten at once. */
const SETTINGS = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -16000;`

/**
 * The embedded store: one file, one writing process.
 *
 * @param path - a file, made when missing, or `:memory:`
 * @throws {SenderError} SENDER_DATABASE_LOCKED, SENDER_DATABASE_UNREADABLE
 */
export function openSqliteStore (path: string): DeliveryStore {
  const unlock = path === ':memory:' ? () => {} : lockWriter(path)
  try {
    const database = openDatabase(path)
    return createStore(database, () => {
      database.close()
      unlock()
    })
  } catch (error) {
    unlock()
    if (error instanceof SenderError) throw error
    throw new SenderError('SENDER_DATABASE_UNREADABLE', `cannot open ${path} as a sender's database: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

function openDatabase (path: string): DatabaseSync {
  // It will hold what people did: nobody else on the machine needs to read it. The log beside it gets the same mode.
  if (path !== ':memory:' && !existsSync(path)) closeSync(openSync(path, 'ax', 0o600))
  const database = new DatabaseSync(path, { timeout: 5_000 })
  try {
    database.exec(SETTINGS)
    prepareSchema(database)
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

function createStore (database: DatabaseSync, release: () => void): DeliveryStore {
  const endpoints = new EndpointTable(database)
  const queue = new SqliteQueue(database, endpoints, nextEpoch(database))
  const upkeep = new SqliteUpkeep(database, endpoints)
  const commits = new GroupCommit(database)
  let mayHaveOrphans = true
  let rewriting: Promise<void> | undefined

  return {
    ...readingFrom(new SqliteLog(database)),
    isShared: false,
    enqueue (message, options) {
      if (options?.transaction !== undefined) {
        throw new SenderError('SENDER_TRANSACTION_UNSUPPORTED', 'only a PostgreSQL database can store an event inside the caller\'s transaction')
      }
      return commits.run(() => queue.enqueue(message, options))
    },
    claim: request => commits.run(() => queue.claim(request)),
    settle: settlement => commits.run(() => queue.settle(settlement)),
    async takeInterrupted (lease, limit) {
      // What was under way when this file was opened belonged to a process that is gone: no need to wait for its lease.
      const taken = await commits.run(() => queue.takeInterrupted(lease, mayHaveOrphans ? -1 : limit, mayHaveOrphans))
      mayHaveOrphans = false
      return taken
    },
    endpoints: async () => endpoints.list(),
    putEndpoint: record => commits.run(() => endpoints.put(record)),
    removeEndpoint: endpointId => commits.run(() => {
      upkeep.cancelUnfinished(endpoints.find(endpointId).seq)
      endpoints.remove(endpointId)
    }),
    resend: request => commits.run(() => upkeep.resend(request)),
    recover: request => commits.run(() => upkeep.recover(request)),
    async erase (eventId) {
      const wasKnown = await commits.run(() => upkeep.erase(eventId))
      rewriting ??= new Promise<void>(resolve => setImmediate(resolve)).then(() => rewriteFiles(database)).finally(() => { rewriting = undefined })
      await rewriting
      return wasKnown
    },
    prune: (beforeMs, limit) => commits.run(() => upkeep.prune(beforeMs, limit)),
    check: () => commits.run(() => { touch(database) }),
    async close () {
      commits.drain()
      release()
    }
  }
}

function readingFrom (log: SqliteLog): Pick<DeliveryStore, 'deliveries' | 'delivery' | 'event' | 'counts'> {
  return {
    deliveries: async filter => log.deliveries(filter),
    delivery: async deliveryId => log.delivery(deliveryId),
    event: async eventId => log.event(eventId),
    counts: async () => log.counts()
  }
}

/**
 * Writes the database anew and cuts the write-ahead log to nothing. Overwriting deleted rows is not enough: when SQLite
 * moves rows between pages it leaves copies in the gaps of pages that are still in use.
 */
function rewriteFiles (database: DatabaseSync): void {
  database.exec('VACUUM')
  const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number }
  if (busy !== 0) {
    throw new SenderError('SENDER_DATABASE_LOCKED', 'the event is forgotten, but another process reads the database, so its bytes are still in the write-ahead log: erase again')
  }
}
