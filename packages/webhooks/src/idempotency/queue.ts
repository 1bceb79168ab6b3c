/** First in, first out. */
export interface Queue<Item> {
  readonly size: () => number
  readonly push: (item: Item) => void
  /** The item that came first, and stays. */
  readonly peek: () => Item | undefined
  /** Takes out the item that came first. */
  readonly shift: () => Item | undefined
}

const LEAST_GARBAGE = 64

/**
 * A queue whose every operation takes the same time however long it is. An array's own `shift` moves all that follows, and a `Map`
 * used as a queue looks at each item that it had before it finds the first that it still has.
 */
export function createQueue<Item> (): Queue<Item> {
  let items: Item[] = []
  let first = 0

  return {
    size: () => items.length - first,
    push (item) { items.push(item) },
    peek: () => items[first],
    shift () {
      if (first === items.length) return undefined
      const item = items[first]
      first += 1
      if (first >= LEAST_GARBAGE && first * 2 >= items.length) {
        items = items.slice(first)
        first = 0
      }
      return item
    }
  }
}
