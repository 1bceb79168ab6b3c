import { CommanderError } from 'commander'
import { WebhookError } from '@contactsheet/webhooks'
import { SenderError } from '../errors.ts'
import { CliError, EXIT, exitOf, type ExitCode } from './exit.ts'
import { Voice, type Io } from './io.ts'
import { createProgram } from './program.ts'

/** Runs one command line. @returns the exit code */
export async function run (args: readonly string[], io: Io): Promise<ExitCode> {
  const voice = new Voice(io, args.includes('--json'))
  try {
    await createProgram(voice).parseAsync([...args], { from: 'user' })
    return EXIT.done
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    const { exitCode, code, message } = explain(error)
    complain(voice, code, message)
    return exitCode
  }
}

function explain (error: unknown): { exitCode: ExitCode, code: string, message: string } {
  if (error instanceof CliError) return error
  if (error instanceof SenderError) return { exitCode: exitOf(error.statusCode, error.code), code: error.code, message: error.message }
  if (error instanceof WebhookError) return { exitCode: EXIT.usage, code: error.code, message: error.message }
  return { exitCode: EXIT.defect, code: 'CLI_DEFECT', message: `this should not happen: ${error instanceof Error ? error.stack : String(error)}` }
}

function complain (voice: Voice, code: string, message: string): void {
  const { stderr } = voice.io
  if (voice.isJson) stderr.write(`${JSON.stringify({ error: { code, message } })}\n`)
  else stderr.write(`${voice.paint('red', 'error', stderr)}  ${message}\n${voice.paint('dim', `       ${code}`, stderr)}\n`)
}
