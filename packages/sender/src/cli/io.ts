import { styleText } from 'node:util'

type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean }
type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean }

/** What a command may touch of its process. */
export interface Io {
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly stdin: InputStream
  readonly env: NodeJS.ProcessEnv
  on (signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
  off (signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
}

export type Style = Parameters<typeof styleText>[0]

/** How a command speaks: lines for people, or JSON for programs. */
export class Voice {
  readonly io: Io
  readonly isJson: boolean

  constructor (io: Io, isJson: boolean) {
    this.io = io
    this.isJson = isJson
  }

  /** Colours where the stream is a terminal that wants them; `NO_COLOR` and `FORCE_COLOR` count. */
  paint (style: Style, text: string, stream: OutputStream = this.io.stdout): string {
    return styleText(style, text, { stream })
  }

  /** A line for people; silent under `--json`. */
  say (line = ''): void {
    if (!this.isJson) this.io.stdout.write(`${line}\n`)
  }

  /** A remark beside the result, never mixed into piped output. */
  hint (line: string): void {
    if (!this.isJson) this.io.stderr.write(`${this.paint('dim', line, this.io.stderr)}\n`)
  }

  /** The result for programs: one JSON value, on one line. */
  data (value: unknown): void {
    if (this.isJson) this.io.stdout.write(`${JSON.stringify(value)}\n`)
  }
}
