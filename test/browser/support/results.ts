import type { Page } from 'playwright-core'

/** What a callback of a test page got. */
export interface Result { name: string, values?: unknown[], code?: number }

export interface BlobLike { url: string, filename: string, mimetype: string, size?: number, key?: string, isWriteable?: boolean, client?: string, container?: string, [more: string]: unknown }

/** Waits until the page's callbacks have been called that often. */
export async function results (page: Page, count: number): Promise<Result[]> {
  await page.waitForFunction(count => (window as unknown as { results: unknown[] }).results.length >= count, count)
  return await page.evaluate(() => (window as unknown as { results: Result[] }).results.splice(0))
}

export async function firstBlob (page: Page): Promise<BlobLike> {
  const [result] = await results(page, 1)
  if (result?.values === undefined) throw new Error(`expected a blob, got ${JSON.stringify(result)}`)
  return [result.values[0]].flat()[0] as BlobLike
}
