/** A small seeded generator (mulberry32): the same seed paints the same photo on every machine. */
export interface Random {
  /** At least 0, below 1. */
  next: () => number
  between: (low: number, high: number) => number
  /** An integer of `low` to `high`, both included. */
  integer: (low: number, high: number) => number
  pick: <Item>(items: readonly Item[]) => Item
}

/** Starts a sequence of its own. */
export function createRandom (seed: number): Random {
  let state = Math.imul(seed + 1, 0x9E3779B1) >>> 0
  const next = (): number => {
    state = (state + 0x6D2B79F5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    integer: (low, high) => low + Math.floor((high - low + 1) * next()),
    pick: items => {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    }
  }
}
