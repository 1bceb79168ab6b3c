import { useRef } from 'preact/hooks'
import { useDialog } from '../context.ts'
import type { MediaListItem } from '../../../domain/media.ts'
import { reasonAgainst } from './selectable.ts'
import type { Selection } from './use-selection.ts'

export interface ChoosingProperties {
  items: readonly MediaListItem[]
  selection: Selection
  onOpenGroup: (group: MediaListItem, index: number) => void
  /** Told why an entry was not chosen; `undefined` when it was. */
  onRefused: (reason: string | undefined) => void
}

export type Choosing = ReturnType<typeof useChoosing>

/** Chooses entries of a list, one by one or in ranges, and opens groups. */
export function useChoosing ({ items, selection, onOpenGroup, onRefused }: ChoosingProperties) {
  const { config, text } = useDialog()
  const anchor = useRef(0)
  const isFree = (item: MediaListItem): boolean => item.kind === 'image' && reasonAgainst(item, config, text) === undefined
  const extend = (from: number, to: number): void => selection.add(items.slice(Math.min(from, to), Math.max(from, to) + 1).filter(isFree))
  return {
    isFree,
    extend,
    chooseAll: (): void => selection.add(items.filter(isFree)),
    /** @param isRange - from the entry that was chosen last up to this one */
    choose (index: number, isRange: boolean): void {
      const item = items[index]
      if (item === undefined) return
      if (item.kind === 'carousel') return onOpenGroup(item, index)
      const refusal = reasonAgainst(item, config, text) ?? (selection.isFull && !selection.chosen.has(item.id) ? text.limitReason(selection.chosen.size) : undefined)
      onRefused(refusal)
      if (refusal !== undefined) return
      if (isRange && config.multiple) extend(anchor.current, index)
      else selection.toggle(item)
      anchor.current = index
    }
  }
}
