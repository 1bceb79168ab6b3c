import type { Dispatcher } from 'undici'
import type { AttemptTimings } from '../stores/delivery-store.ts'
import type { Connection } from './connector.ts'
import { classifyError } from './errors.ts'
import { KEPT_BYTES, READ_BYTES, type TransportAnswer, type TransportRequest } from './transport.ts'

/** What carries a request, and, where that is known, the connection it uses. */
export interface Channel {
  dispatcher: Dispatcher
  connection?: (Pick<Connection, 'remoteAddress' | 'timings'> & { isNew: boolean }) | undefined
}

/** Thrown into a request to end it: its answer is already known. */
class Enough extends Error {}
class Deadline extends Error {}

/** Sends one request within one deadline and reads no more of the answer than is of use. */
export function postOnce (channel: Channel, request: TransportRequest): Promise<TransportAnswer> {
  return new Promise(resolve => {
    const exchange = new Exchange(channel, request.timeoutMs, resolve)
    try {
      channel.dispatcher.dispatch({
        origin: request.url.origin,
        path: request.url.pathname + request.url.search,
        method: 'POST',
        headers: request.headers,
        body: request.body
      }, exchange)
    } catch (error) {
      exchange.onResponseError(undefined, error instanceof Error ? error : new Error(String(error)))
    }
  })
}

/** One request under way: undici's handler, a clock, and what has been read so far. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #channel: Channel
  readonly #resolve: (answer: TransportAnswer) => void
  readonly #startedAt = performance.now()
  readonly #timer: NodeJS.Timeout
  readonly #answer: TransportAnswer = { timings: { totalMs: 0 } }
  #controller: Dispatcher.DispatchController | undefined
  #connectedAt = 0
  #answeredAt = 0
  readonly #beginning = new Beginning()
  #bytesRead = 0
  #isDone = false

  constructor (channel: Channel, timeoutMs: number, resolve: (answer: TransportAnswer) => void) {
    this.#channel = channel
    this.#resolve = resolve
    this.#timer = setTimeout(() => this.#expire(), timeoutMs)
  }

  onRequestStart (controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    this.#connectedAt = performance.now()
    if (this.#isDone) controller.abort(new Deadline())
  }

  onResponseStart (_controller: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    if (status < 200) return
    this.#answeredAt = performance.now()
    this.#answer.status = status
    this.#answer.retryAfter = single(headers['retry-after'])
    this.#answer.location = single(headers.location)
  }

  onResponseData (controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytesRead += chunk.length
    this.#beginning.add(chunk)
    if (this.#bytesRead < READ_BYTES) return
    this.#finish()
    controller.abort(new Enough())
  }

  onResponseEnd (): void {
    this.#finish()
  }

  onResponseError (_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    this.#fail(error)
  }

  #expire (): void {
    this.#answer.error = 'timeout'
    this.#finish()
    this.#controller?.abort(new Deadline())
  }

  #fail (error: Error): void {
    if (this.#isDone) return
    this.#answer.error = classifyError(error)
    this.#finish()
  }

  #finish (): void {
    if (this.#isDone) return
    this.#isDone = true
    clearTimeout(this.#timer)
    this.#answer.timings = this.#timings(performance.now())
    this.#answer.remoteAddress = this.#channel.connection?.remoteAddress
    this.#answer.body = this.#beginning.bytes
    if (this.#channel.connection) this.#channel.connection.isNew = false
    this.#resolve(this.#answer)
  }

  #timings (endedAt: number): AttemptTimings {
    const timings: AttemptTimings = { totalMs: rounded(endedAt - this.#startedAt) }
    if (this.#channel.connection?.isNew) {
      for (const [name, value] of Object.entries(this.#channel.connection.timings)) timings[name as keyof AttemptTimings] = rounded(value)
    }
    if (this.#answeredAt > 0) {
      timings.waitMs = rounded(this.#answeredAt - this.#connectedAt)
      timings.readMs = rounded(endedAt - this.#answeredAt)
    }
    return timings
  }
}

/** Keeps the beginning of a body in one piece of memory, however small the parts are in which it drips in. */
class Beginning {
  #buffer: Buffer | undefined
  #length = 0

  get bytes (): Buffer | undefined {
    return this.#buffer?.subarray(0, this.#length)
  }

  add (chunk: Buffer): void {
    if (this.#length >= KEPT_BYTES) return
    if (!this.#buffer) this.#buffer = Buffer.allocUnsafeSlow(Math.min(chunk.length, KEPT_BYTES))
    else if (this.#buffer.length < KEPT_BYTES) this.#buffer = this.#enlarged(this.#buffer)
    this.#length += chunk.copy(this.#buffer, this.#length)
  }

  #enlarged (buffer: Buffer): Buffer {
    const larger = Buffer.allocUnsafeSlow(KEPT_BYTES)
    buffer.copy(larger)
    return larger
  }
}

function single (value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

function rounded (milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100
}
