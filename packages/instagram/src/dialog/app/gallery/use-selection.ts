import { useCallback, useMemo, useState } from 'preact/hooks'
import type { MediaListItem } from '../../../domain/media.ts'

export interface Selection {
  /** In the order in which they were chosen. */
  chosen: ReadonlyMap<string, MediaListItem>
  isFull: boolean
  /** Place in the order, from 1; 0 when not chosen. */
  placeOf: (id: string) => number
  toggle: (item: MediaListItem) => void
  /** Chooses all of them, as far as there is room. */
  add: (items: readonly MediaListItem[]) => void
  remove: (items: readonly MediaListItem[]) => void
  clear: () => void
}

/** @param max - how many may be chosen; with 1, a new choice replaces the old one */
export function useSelection (max: number): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, MediaListItem>>(new Map())
  const places = useMemo(() => new Map([...chosen.keys()].map((id, index) => [id, index + 1])), [chosen])

  const add = useCallback((items: readonly MediaListItem[]): void => setChosen(before => {
    const after = new Map(max === 1 ? [] : before)
    for (const item of items) if (after.size < max) after.set(item.id, item)
    return after
  }), [max])
  const remove = useCallback((items: readonly MediaListItem[]): void => setChosen(before => {
    const after = new Map(before)
    for (const { id } of items) after.delete(id)
    return after
  }), [])
  return {
    chosen,
    isFull: max > 1 && chosen.size >= max,
    placeOf: id => places.get(id) ?? 0,
    toggle: item => chosen.has(item.id) ? remove([item]) : add([item]),
    add,
    remove,
    clear: useCallback(() => setChosen(new Map()), [])
  }
}
