/** How long an app may take to answer. */
const TIMEOUT_MS = 10_000

/** How an app's server answered. */
export interface AppAnswer { status: number, body: string }

/**
 * Calls an app's server, as Meta does.
 *
 * @throws {Error} naming the address when nobody answers there within 10 seconds
 */
export async function callApp (url: string, request: RequestInit = {}): Promise<AppAnswer> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) })
    return { status: response.status, body: await response.text() }
  } catch (error) {
    const { message, cause } = error as Error
    throw new Error(`nobody answers at ${url}: ${cause instanceof Error ? cause.message : message}`, { cause: error })
  }
}
