import type { Command } from 'commander'
import { usage } from './exit.ts'
import type { Voice } from './io.ts'
import { list } from './settings.ts'

/** Adds the options of commands that sign or check by themselves. */
export function withSecret (command: Command): Command {
  return command
    .option('--secret <secret>', 'the endpoint\'s secret; several, comma separated; better by CONTACTSHEET_SENDER_SECRET', list)
    .option('--json', 'print JSON')
}

export function secretsOf ({ secret }: { secret?: string[] }, { io: { env } }: Voice): string[] {
  const secrets = secret ?? list(env.CONTACTSHEET_SENDER_SECRET ?? '')
  if (secrets.length === 0) throw usage('give the endpoint\'s secret: --secret or CONTACTSHEET_SENDER_SECRET')
  return secrets
}
