import ms from 'ms'
import type { DeliveryState } from '../stores/delivery-store.ts'
import type { Style, Voice } from './io.ts'

const MINUTE_MS = 60_000

const STATE_STYLE: Record<DeliveryState, Style> = { pending: 'yellow', inFlight: 'cyan', delivered: 'green', exhausted: 'red', cancelled: 'dim' }

/** By the name that `--state` takes. */
export function stateName (voice: Voice, state: DeliveryState): string {
  return voice.paint(STATE_STYLE[state], state)
}

/** `2026-11-24 12:00:03`, in the reader's own time zone. */
export function clock (atMs: number): string {
  const date = new Date(atMs - new Date(atMs).getTimezoneOffset() * MINUTE_MS)
  return date.toISOString().slice(0, 19).replace('T', ' ')
}

/** `in 4m` or `4m ago`. */
export function relative (atMs: number, nowMs: number): string {
  const distanceMs = atMs - nowMs
  if (Math.abs(distanceMs) < 1_000) return 'now'
  return distanceMs > 0 ? `in ${ms(distanceMs)}` : `${ms(-distanceMs)} ago`
}

/** `1 entry`, `3 entries`. */
export function count (number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}

/** What an attempt came to, in a few words: `200`, `500`, `timeout`, `302 redirect`. */
export function attemptResult ({ status, error, outcome }: { status?: number | undefined, error?: string | undefined, outcome?: string | undefined }): string {
  const words = [status, error].filter(word => word !== undefined).join(' ')
  return words || (outcome ?? 'under way')
}
