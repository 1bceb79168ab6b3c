import { SenderError } from '../../errors.ts'
import type { Executor, PostgresConnection } from './connection.ts'

/** Our tables, and beside them pg-boss's. */
export const SCHEMA = 'contactsheet_sender'
export const BOSS_SCHEMA = 'contactsheet_sender_due'

const VERSION = 1
/** The two-part advisory locks of this package: one over changes of the tables, one per node at work. */
export const LOCK_CLASS = 0x63730001
const MIGRATION_LOCK = 0

/** States as stored; the order of `DELIVERY_STATES`. */
export const PENDING = 0
export const IN_FLIGHT = 1
export const EXHAUSTED = 3
export const CANCELLED = 4

/** 0 or 1. As a number, because PostgreSQL turns `(attempts_made > 0) = false` into something that the index does not have. */
export const IS_RETRY = '(attempts_made > 0)::int'

/**
 * A removed endpoint keeps its row, without its record, so that the log can still name it. `record` is `json`, not
 * `jsonb`: it comes back as it was written. Only unfinished deliveries are in the indexes that delivering uses.
 */
const TABLES = `
  CREATE SCHEMA IF NOT EXISTS ${SCHEMA};
  CREATE TABLE ${SCHEMA}.meta (version integer NOT NULL);
  INSERT INTO ${SCHEMA}.meta VALUES (${VERSION});
  CREATE SEQUENCE ${SCHEMA}.nodes AS integer CYCLE;
  CREATE TABLE ${SCHEMA}.endpoints (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    url text UNIQUE,
    record json,
    rate_full_at double precision NOT NULL DEFAULT 0
  );
  CREATE TABLE ${SCHEMA}.events (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    action text NOT NULL,
    created_at bigint NOT NULL,
    body bytea NOT NULL
  );
  CREATE INDEX events_by_age ON ${SCHEMA}.events (created_at);
  CREATE TABLE ${SCHEMA}.deliveries (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_seq bigint NOT NULL,
    endpoint_seq bigint NOT NULL,
    series integer NOT NULL,
    origin smallint NOT NULL,
    state smallint NOT NULL,
    attempts_made smallint NOT NULL DEFAULT 0,
    runs smallint NOT NULL DEFAULT 0,
    created_at bigint NOT NULL,
    due_at bigint,
    first_attempt_at bigint,
    fence integer NOT NULL DEFAULT 0,
    lease_until bigint,
    node integer,
    UNIQUE (event_seq, endpoint_seq, series)
  );
  CREATE INDEX deliveries_due ON ${SCHEMA}.deliveries (endpoint_seq, (${IS_RETRY}), due_at) WHERE state = ${PENDING};
  CREATE INDEX deliveries_leased ON ${SCHEMA}.deliveries (node, lease_until) WHERE state = ${IN_FLIGHT};
  CREATE INDEX deliveries_unfinished ON ${SCHEMA}.deliveries (endpoint_seq, seq) WHERE state <= ${IN_FLIGHT};
  CREATE INDEX deliveries_exhausted ON ${SCHEMA}.deliveries (seq) WHERE state = ${EXHAUSTED};
  CREATE TABLE ${SCHEMA}.attempts (
    delivery_seq bigint NOT NULL,
    number smallint NOT NULL,
    run smallint NOT NULL,
    started_at bigint NOT NULL,
    ended_at bigint,
    outcome text,
    status smallint,
    error text,
    location text,
    remote_address text,
    timings json,
    response_body bytea,
    PRIMARY KEY (delivery_seq, number, run)
  );
`

/**
 * Makes the tables in a new database, or checks those of an old one; one node at a time.
 *
 * @param others - makes pg-boss's tables meanwhile, over another connection
 * @throws {SenderError} SENDER_DATABASE_UNREADABLE
 */
export async function prepareSchema (connection: PostgresConnection, others: () => Promise<unknown>): Promise<void> {
  await connection.transaction(async executor => {
    await executor.rows('SELECT pg_advisory_xact_lock($1, $2)', [LOCK_CLASS, MIGRATION_LOCK])
    const version = await versionOf(executor)
    if (version === undefined) await executor.rows(TABLES)
    else if (version !== VERSION) {
      throw new SenderError('SENDER_DATABASE_UNREADABLE', `the database has format ${version}, this version reads format ${VERSION}`)
    }
    await others()
  })
}

/** Writes something: to PostgreSQL an equal row is a new one. */
export async function touch (executor: Executor): Promise<void> {
  await executor.rows(`UPDATE ${SCHEMA}.meta SET version = version`)
}

async function versionOf (executor: Executor): Promise<number | undefined> {
  const [found] = await executor.rows<{ exists: boolean }>('SELECT to_regclass($1) IS NOT NULL AS exists', [`${SCHEMA}.meta`])
  if (!found?.exists) return undefined
  const [meta] = await executor.rows<{ version: number }>(`SELECT version FROM ${SCHEMA}.meta`)
  return meta?.version
}
