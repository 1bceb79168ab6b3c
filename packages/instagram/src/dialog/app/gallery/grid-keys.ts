/** Where the focus goes by a key, as the ARIA grid pattern has it; `undefined` for keys that do not move. */
export function targetOf (event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>, index: number, grid: { count: number, columns: number, pageRows: number, isRightToLeft: boolean }): number | undefined {
  const { count, columns, pageRows, isRightToLeft } = grid
  const rowStart = index - index % columns
  const isWhole = event.ctrlKey || event.metaKey
  const forward = isRightToLeft ? -1 : 1
  const targets: Record<string, number> = {
    ArrowRight: index + forward,
    ArrowLeft: index - forward,
    ArrowDown: index + columns < count ? index + columns : index,
    ArrowUp: index - columns >= 0 ? index - columns : index,
    Home: isWhole ? 0 : rowStart,
    End: isWhole ? count - 1 : rowStart + columns - 1,
    PageDown: lastInColumn(index, index + pageRows * columns, columns, count),
    PageUp: Math.max(index % columns, index - pageRows * columns)
  }
  const target = targets[event.key]
  return target === undefined ? undefined : Math.max(0, Math.min(count - 1, target))
}

function lastInColumn (index: number, wished: number, columns: number, count: number): number {
  if (wished < count) return wished
  const rows = Math.floor((count - 1 - index) / columns)
  return index + rows * columns
}
