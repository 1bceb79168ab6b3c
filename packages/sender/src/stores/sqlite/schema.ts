import type { DatabaseSync } from 'node:sqlite'
import { SenderError } from '../../errors.ts'

const VERSION = 1

/** States as stored; the order of `DELIVERY_STATES`. */
export const PENDING = 0
export const IN_FLIGHT = 1
export const DELIVERED = 2
export const EXHAUSTED = 3
export const CANCELLED = 4

/**
 * Only what is waiting is in the due index, and only what is under way in the lease index, so both stay as small as
 * the work left. Rows grow at the right edge of every tree, where an insert is cheapest. A removed endpoint keeps its row,
 * without url and record, because the log names it.
 */
const TABLES = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE endpoints (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    url TEXT UNIQUE,
    is_ordered INTEGER NOT NULL,
    record TEXT,
    rate_full_at REAL NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    action TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE TABLE deliveries (
    seq INTEGER PRIMARY KEY,
    event_seq INTEGER NOT NULL,
    endpoint_seq INTEGER NOT NULL,
    series INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    state INTEGER NOT NULL,
    is_ordered INTEGER NOT NULL,
    attempts_made INTEGER NOT NULL DEFAULT 0,
    runs INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    due_at INTEGER,
    first_attempt_at INTEGER,
    fence INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX deliveries_by_event ON deliveries (event_seq, endpoint_seq, series);
  CREATE INDEX deliveries_due ON deliveries (endpoint_seq, (attempts_made > 0), due_at) WHERE state = 0;
  CREATE INDEX deliveries_leased ON deliveries (lease_until) WHERE state = 1;
  CREATE INDEX deliveries_in_order ON deliveries (endpoint_seq, seq) WHERE state < 2 AND is_ordered = 1;
  CREATE INDEX deliveries_unfinished ON deliveries (seq) WHERE state < 2;
  CREATE INDEX deliveries_exhausted ON deliveries (seq) WHERE state = 3;
  CREATE TABLE attempts (
    delivery_seq INTEGER NOT NULL,
    number INTEGER NOT NULL,
    run INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    outcome TEXT,
    status INTEGER,
    error TEXT,
    location TEXT,
    remote_address TEXT,
    timings TEXT,
    response_body BLOB,
    PRIMARY KEY (delivery_seq, number, run)
  ) STRICT, WITHOUT ROWID;
`

/** Makes the tables of a new file, or checks those of an old one. @throws {SenderError} SENDER_DATABASE_UNREADABLE */
export function prepareSchema (database: DatabaseSync): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
  if (version === VERSION) return
  if (version !== 0) {
    throw new SenderError('SENDER_DATABASE_UNREADABLE', `the file has format ${version}, this version reads format ${VERSION}`)
  }
  database.exec(`BEGIN; ${TABLES} PRAGMA user_version = ${VERSION}; COMMIT`)
}

/** Counts the openings of this file; the number fences off every lease of an earlier process. */
export function nextEpoch (database: DatabaseSync): number {
  return count(database, 'epoch')
}

/** Writes something: SQLite leaves the disk alone when nothing changes. */
export function touch (database: DatabaseSync): void {
  count(database, 'checks')
}

function count (database: DatabaseSync, name: string): number {
  const row = database.prepare('INSERT INTO meta VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value').get(name)
  return (row as { value: number }).value
}
