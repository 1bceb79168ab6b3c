import type { EventDraft } from '../domain/event.ts'
import type { Outbox } from '../stores/outbox.ts'

export interface ConversionTellerOptions {
  outbox: Pick<Outbox, 'appendAll'>
  /** Somebody listens to events. @defaultValue true */
  isHeard?: boolean
  /** Hears of events that could not be written. */
  onError?: (error: unknown) => void
}

export type ConversionTeller = ReturnType<typeof createConversionTeller>

/** Events of so much time are written together: each commit waits for the disk. */
const GATHER_MS = 200

/**
 * Tells of conversions that changed nothing, and so have no transaction to be part of. They are gathered and written in one:
 * a commit for each would cost the server more time than the conversion.
 */
export function createConversionTeller ({ outbox, isHeard = true, onError = () => {} }: ConversionTellerOptions) {
  let gathered: Array<{ handle: string, event: EventDraft }> = []
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  function flush (): void {
    clearTimeout(timer)
    timer = undefined
    const events = gathered
    gathered = []
    if (events.length > 0) writing = writing.then(async () => await outbox.appendAll(events)).catch(onError)
  }

  return {
    /** Returns at once; the event is on disk a moment later. */
    tell (handle: string, event: EventDraft): void {
      if (!isHeard) return
      gathered.push({ handle, event })
      timer ??= setTimeout(flush, GATHER_MS)
    },
    /** Writes what is left. */
    async close (): Promise<void> {
      flush()
      await writing
    }
  }
}
