import { startCluster } from '../../webhooks/test/postgres.ts'

interface Teardown { teardown: (work: () => Promise<unknown>) => void }

/** A real PostgreSQL of one test file; answers what makes new, empty databases in it. */
export async function startPostgres (t: Teardown): Promise<() => Promise<string>> {
  const cluster = await startCluster()
  t.teardown(async () => await cluster.stop())
  return async () => await cluster.database()
}
