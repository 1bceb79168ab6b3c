import { PickerError } from '../errors.ts'
import { FPError } from './exceptions.ts'

export type Callback = (...values: unknown[]) => void

export interface Callbacks {
  onSuccess: Callback
  onError: (error: FPError) => void
  onProgress: Callback | undefined
}

/**
 * Sorts out `([options], onSuccess, [onError], [onProgress])`: options may be left out.
 *
 * All three callbacks move, also onProgress, which the original lost in `pick`.
 */
export function sorted (given: unknown[]): { options: Record<string, unknown>, callbacks: Callbacks } {
  const [options, onSuccess, onError, onProgress] = typeof given[0] === 'function' ? [{}, ...given] : given
  return {
    options: { ...(options as Record<string, unknown> | null | undefined) },
    callbacks: {
      onSuccess: isCallback(onSuccess) ? onSuccess : () => {},
      onError: isCallback(onError) ? onError : () => {},
      onProgress: isCallback(onProgress) ? onProgress : undefined
    }
  }
}

/** Calls back with what the promise brings; an abort calls nobody, and an error inside a callback stays the page's own. */
export function settle (promise: Promise<unknown>, { onSuccess, onError }: Callbacks, adapt: (value: never) => unknown[] = value => [value]): void {
  promise.then(value => adapt(value as never), (error: unknown) => error).then(outcome => {
    if (Array.isArray(outcome)) onSuccess(...outcome)
    else if (outcome instanceof PickerError) onError(new FPError(outcome.code, outcome.message))
    else if (!isAbort(outcome)) throw outcome
  })
}

function isAbort (error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

function isCallback (value: unknown): value is Callback {
  return typeof value === 'function'
}
