import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { targetOf } from './grid-keys.ts'
import { useGridFocus } from './use-grid-focus.ts'
import { useGridWindow } from './use-window.ts'

export interface TilePlace {
  index: number
  column: number
  isActive: boolean
  /** Side in CSS pixels. */
  sidePx: number
}

interface GridProperties {
  label: string
  helpId: string
  count: number
  hasMore: boolean
  isLoading: boolean
  isMultiple: boolean
  /** The entry that gets the focus when the grid appears. */
  startsAt: number | undefined
  /** Makes the place of an entry that is not loaded yet. */
  onNearEnd: () => void
  /** A key that does not move; the index is the focused entry's. */
  onKey: (event: KeyboardEvent, index: number) => void
  /** Moved with Shift held. */
  onExtend: (from: number, to: number) => void
  tile: (place: TilePlace) => ComponentChildren
}

/** Squares in rows; only those near the screen exist. One of them is in the tab order, and the arrow keys move it. */
export function Grid (properties: GridProperties) {
  const { label, helpId, count, hasMore, isLoading, isMultiple, onNearEnd, tile } = properties
  const root = useRef<HTMLDivElement>(null)
  const { columns, rowPx, firstRow, endRow } = useGridWindow(root)
  const { active, moveTo, onFocusIn, onFocusOut } = useGridFocus(root, columns, properties.startsAt)

  const placeholders = hasMore && isLoading ? columns * (count === 0 ? endRow : 3) - count % columns : 0
  const rowCount = columns === 0 ? 0 : Math.ceil((count + placeholders) / columns)
  const activeRow = Math.floor(active / columns)

  useEffect(() => {
    if (columns > 0 && hasMore && !isLoading && endRow >= Math.ceil(count / columns)) onNearEnd()
  }, [hasMore, isLoading, endRow, count, columns])

  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }): void => {
    const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl'
    const target = targetOf(event, active, { count, columns, pageRows: Math.max(1, Math.floor(window.innerHeight / rowPx) - 1), isRightToLeft })
    if (target === undefined) return properties.onKey(event, active)
    event.preventDefault()
    if (event.shiftKey && event.key.startsWith('Arrow')) properties.onExtend(active, target)
    moveTo(target)
  }

  return (
    <div
      ref={root} class='grid' role='grid' aria-label={label} aria-describedby={helpId} aria-multiselectable={isMultiple} aria-busy={isLoading}
      aria-rowcount={hasMore || columns === 0 ? -1 : Math.ceil(count / columns)} aria-colcount={columns} style={{ height: `${rowCount * rowPx}px` }}
      onKeyDown={onKeyDown} onFocusIn={onFocusIn} onFocusOut={onFocusOut}
    >
      {rowsToRender(firstRow, Math.min(endRow, rowCount), activeRow, rowCount).map(row => (
        <Row key={row} row={row} columns={columns} rowPx={rowPx} count={count} total={count + placeholders} active={active} tile={tile} />
      ))}
    </div>
  )
}

interface RowProperties extends Pick<GridProperties, 'count' | 'tile'> {
  row: number
  columns: number
  rowPx: number
  /** Entries with those that are not loaded yet. */
  total: number
  active: number
}

function Row ({ row, columns, rowPx, count, total, active, tile }: RowProperties) {
  const role = row * columns < count ? { role: 'row' as const, 'aria-rowindex': row + 1 } : { role: 'presentation' as const }
  return (
    <div class='row' {...role} style={{ transform: `translateY(${row * rowPx}px)`, gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
      {Array.from({ length: columns }, (_, column) => {
        const index = row * columns + column
        if (index < count) return tile({ index, column, isActive: index === active, sidePx: rowPx })
        return index < total ? <div key={`empty-${column}`} class='tile skeleton' role='presentation' /> : null
      })}
    </div>
  )
}

/** Those near the screen, and always the one that has the focus, so that it is never lost by scrolling. */
function rowsToRender (firstRow: number, endRow: number, activeRow: number, rowCount: number): number[] {
  const rows = Array.from({ length: Math.max(0, endRow - firstRow) }, (_, index) => firstRow + index)
  if (rowCount === 0 || (activeRow >= firstRow && activeRow < endRow)) return rows
  return activeRow < firstRow ? [activeRow, ...rows] : [...rows, activeRow]
}
