import type { Program } from '../results/run-program.ts'

export interface ChaosProgram extends Program {
  readonly title: string
  /** The arguments that a round's seed gives to a program that takes one. */
  readonly seeded?: (seed: string) => readonly string[]
}

const MINUTE_MS = 60_000
const KILL = 'test/chaos/sender/kill.ts'

/** All of them take some five minutes on two cores. Whoever wants one of them larger runs it by itself. */
export const PROGRAMS: readonly ChaosProgram[] = [
  { title: 'A sender on SQLite, killed while it stores and delivers', file: KILL, args: ['--deliveries', '3000', '--kills', '20', '--check'], limitMs: 3 * MINUTE_MS },
  { title: 'A sender on PostgreSQL, killed while it stores and delivers', file: KILL, args: ['--postgres', '--deliveries', '1000', '--kills', '15', '--check'], limitMs: 4 * MINUTE_MS },
  { title: 'Two senders on one PostgreSQL, killed in turns', file: KILL, args: ['--postgres', '--nodes', '2', '--deliveries', '1000', '--kills', '15', '--check'], limitMs: 4 * MINUTE_MS },
  { title: 'Endpoints beside dead, silent and dripping ones', file: 'test/chaos/sender/neighbours.ts', args: ['--endpoints', '100', '--rounds', '3', '--seconds', '5', '--rate', '500', '--check'], limitMs: 3 * MINUTE_MS },
  { title: 'Receivers that drip, flood, stall and lie', file: 'test/chaos/sender/hostile.ts', nodeArgs: ['--expose-gc'], args: ['--slots', '20', '--check'], limitMs: 2 * MINUTE_MS },
  { title: 'Secrets that rotate while events flow', file: 'test/chaos/sender/rotation.ts', args: ['--seconds', '15', '--rate', '300', '--check'], limitMs: MINUTE_MS },
  { title: 'Receivers on one PostgreSQL, killed while every event comes five times', file: 'test/chaos/webhooks-exactly-once.ts', args: ['1000'], limitMs: 3 * MINUTE_MS },
  { title: 'Webhooks changed after they were signed', file: 'test/chaos/webhooks-mutations.ts', seeded: seed => ['100000', seed], limitMs: 2 * MINUTE_MS },
  { title: 'Pictures with changed bytes', file: 'packages/instagram/test/image/hostile/mutations.ts', seeded: seed => ['3000', seed], limitMs: 3 * MINUTE_MS },
  { title: 'Pictures made to harm', file: 'packages/instagram/test/image/hostile/hostile.slow.test.ts', limitMs: 2 * MINUTE_MS },
  { title: 'A host on SQLite, killed in the middle of copies', file: 'packages/instagram/test/crash/killed-copies.slow.test.ts', env: { KILLS: '5' }, limitMs: 3 * MINUTE_MS },
  { title: 'A host on PostgreSQL, killed in the middle of copies', file: 'packages/instagram/test/crash/killed-copies-postgres.test.ts', env: { KILLS: '5' }, limitMs: 3 * MINUTE_MS }
]
