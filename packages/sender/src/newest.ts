import { SenderError } from './errors.ts'

/** How often a change is tried that others come first with. */
const TRIES = 5

/** Makes a change, and makes it again on what is stored now if another node came first. */
export async function onNewest<Value> (change: () => Promise<Value>, reload: () => Promise<void>): Promise<Value> {
  for (let tries = 1; ; tries++) {
    try {
      return await change()
    } catch (error) {
      if (!cameSecond(error) || tries === TRIES) throw error
      await reload()
    }
  }
}

/** Whether a store refused a change because another node made one at the same moment. */
export function cameSecond (error: unknown): boolean {
  return error instanceof SenderError && (error.code === 'SENDER_ENDPOINT_EXISTS' || error.code === 'SENDER_ENDPOINT_CHANGED')
}
