import { SenderError } from '../../errors.ts'

/** `pg` and `pg-boss` are optional: whoever stays with SQLite installs neither. @throws {SenderError} SENDER_DRIVER_MISSING */
export async function loadDrivers (): Promise<Pick<typeof import('pg'), 'Pool' | 'Client'> & Pick<typeof import('pg-boss'), 'PgBoss' | 'enableClockOverride'>> {
  const [{ default: { Pool, Client } }, { PgBoss, enableClockOverride }] = await Promise.all([
    import('pg').catch(error => explain('pg', error)),
    import('pg-boss').catch(error => explain('pg-boss', error))
  ])
  return { Pool, Client, PgBoss, enableClockOverride }
}

function explain (name: string, cause: unknown): never {
  const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND'
  if (!isMissing) throw cause
  throw new SenderError('SENDER_DRIVER_MISSING', `a PostgreSQL database needs the package ${name}: npm install pg pg-boss`, { cause })
}
