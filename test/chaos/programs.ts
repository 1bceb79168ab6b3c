import type { Program } from '../results/run-program.ts'

export interface ChaosProgram extends Program {
  readonly title: string
  /** What every run has to show, for readers of the report. */
  readonly holds: string
  /** The arguments that a round's seed gives to a program that takes one. */
  readonly seeded?: (seed: string) => readonly string[]
}

const MINUTE_MS = 60_000
const KILL = 'test/chaos/sender/kill.ts'
const SENT = 'Every event that was acknowledged arrives, by four numbered attempts at most, and the log has each request. Duplicates are no more than what was under way at the kills.'
const COPIED = 'Every copy that was answered is whole, and told under one id; of the others nothing half is left. More may be kept than were answered: a kill can come between the two.'

/** All of them take some five minutes on two cores. Whoever wants one of them larger runs it by itself. */
export const PROGRAMS: readonly ChaosProgram[] = [
  {
    title: 'A sender on SQLite, killed while it stores and delivers',
    holds: SENT,
    file: KILL,
    args: ['--deliveries', '3000', '--kills', '20', '--check'],
    limitMs: 3 * MINUTE_MS
  },
  {
    title: 'A sender on PostgreSQL, killed while it stores and delivers',
    holds: SENT,
    file: KILL,
    args: ['--postgres', '--deliveries', '1000', '--kills', '15', '--check'],
    limitMs: 4 * MINUTE_MS
  },
  {
    title: 'Two senders on one PostgreSQL, killed in turns',
    holds: SENT,
    file: KILL,
    args: ['--postgres', '--nodes', '2', '--deliveries', '1000', '--kills', '15', '--check'],
    limitMs: 4 * MINUTE_MS
  },
  {
    title: 'Endpoints beside dead, silent and dripping ones',
    holds: 'Endpoints that answer keep their throughput and their times beside as many that do not. The times are judged against a calm run of the same minute.',
    file: 'test/chaos/sender/neighbours.ts',
    args: ['--endpoints', '100', '--rounds', '3', '--seconds', '5', '--rate', '500', '--check'],
    limitMs: 3 * MINUTE_MS
  },
  {
    title: 'Receivers that drip, flood, stall and lie',
    holds: 'Every attempt is over half a second after its 15 seconds at the latest, and holds little memory, whatever the receiver does.',
    file: 'test/chaos/sender/hostile.ts',
    nodeArgs: ['--expose-gc'],
    args: ['--slots', '20', '--check'],
    limitMs: 2 * MINUTE_MS
  },
  {
    title: 'Secrets that rotate while events flow',
    holds: 'No request is refused while the secret changes every second and the receiver follows at moments of its own.',
    file: 'test/chaos/sender/rotation.ts',
    args: ['--seconds', '15', '--rate', '300', '--check'],
    limitMs: MINUTE_MS
  },
  {
    title: 'Receivers on one PostgreSQL, killed while every event comes five times',
    holds: 'Every event has exactly one effect: `effects` and `distinct` are the number of events. Answers other than 200 are those that a sender tries again.',
    file: 'test/chaos/webhooks-exactly-once.ts',
    args: ['1000', '50'],
    limitMs: 3 * MINUTE_MS
  },
  {
    title: 'Webhooks changed after they were signed',
    holds: 'None is accepted. `codes` counts how they were refused.',
    file: 'test/chaos/webhooks-mutations.ts',
    seeded: seed => ['100000', seed],
    limitMs: 2 * MINUTE_MS
  },
  {
    title: 'Pictures with changed bytes',
    holds: 'Each is converted (200) or refused for what it is (4xx). `fatal`, the numbers of those that ended a process, is empty.',
    file: 'packages/instagram/test/image/hostile/mutations.ts',
    seeded: seed => ['3000', seed],
    limitMs: 3 * MINUTE_MS
  },
  {
    title: 'Pictures made to harm',
    holds: 'Each is converted or refused within the deadline and the memory, while others are served. `pass` counts assertions.',
    file: 'packages/instagram/test/image/hostile/hostile.slow.test.ts',
    limitMs: 2 * MINUTE_MS
  },
  {
    title: 'A host on SQLite, killed in the middle of copies',
    holds: COPIED,
    file: 'packages/instagram/test/crash/killed-copies.slow.test.ts',
    env: { KILLS: '5' },
    limitMs: 3 * MINUTE_MS
  },
  {
    title: 'A host on PostgreSQL, killed in the middle of copies',
    holds: COPIED,
    file: 'packages/instagram/test/crash/killed-copies-postgres.test.ts',
    env: { KILLS: '5' },
    limitMs: 3 * MINUTE_MS
  }
]
