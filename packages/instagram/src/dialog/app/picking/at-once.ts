/** Runs over all with a bounded number at the same time; results keep the order. Begins no more once aborted. */
export async function atOnce<Item, Result> (items: readonly Item[], limit: number, run: (item: Item) => Promise<Result>, signal: AbortSignal): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const work = async (): Promise<void> => {
    while (next < items.length && !signal.aborted) {
      const index = next++
      results[index] = await run(items[index] as Item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work))
  return results
}
