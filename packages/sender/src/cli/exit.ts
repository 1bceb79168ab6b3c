/** What the process answers to the shell. */
export const EXIT = {
  done: 0,
  /** The question was answered, with no: not found, not delivered, signature does not hold. */
  no: 1,
  /** Options, arguments or input that cannot be used. */
  usage: 2,
  /** The database or the server does not answer, or another process holds it. */
  unreachable: 3,
  /** The token is missing or not known. */
  refused: 4,
  /** A defect of this program. */
  defect: 70
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Ends a command: the message for people, the code for programs. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: ExitCode
  readonly code: string

  constructor (exitCode: ExitCode, code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
    this.code = code
  }
}

/** A mistake in how the command was called. */
export function usage (message: string): CliError {
  return new CliError(EXIT.usage, 'CLI_USAGE', message)
}

/** Server errors that say what the operator has to change. */
const BY_CODE: Readonly<Record<string, ExitCode>> = { SENDER_DRIVER_MISSING: EXIT.unreachable, SENDER_SECRET_UNREADABLE: EXIT.usage }

/** An error of the sender, by its code or else by its HTTP status. */
export function exitOf (statusCode: number, code: string): ExitCode {
  const known = BY_CODE[code]
  if (known !== undefined) return known
  if (statusCode === 401) return EXIT.refused
  if (statusCode === 404) return EXIT.no
  if (statusCode >= 400 && statusCode < 500) return EXIT.usage
  return statusCode === 503 ? EXIT.unreachable : EXIT.defect
}
