import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'

/** What of the grid is rendered: how it is cut into columns, and which rows are near the screen. No columns before it is measured. */
export interface GridWindow {
  columns: number
  /** Height of a row with its gap, in CSS pixels. */
  rowPx: number
  firstRow: number
  /** One past the last. */
  endRow: number
}

const OVERSCAN_ROWS = 3
const MAX_COLUMNS = 10

/**
 * Follows the page's scrolling and the grid's width.
 *
 * At most ten columns and three rows beyond the screen, so that the number of photos in the document is bounded however many there are.
 */
export function useGridWindow (grid: RefObject<HTMLElement | null>): GridWindow {
  const [window_, setWindow] = useState<GridWindow>({ columns: 0, rowPx: 0, firstRow: 0, endRow: 0 })

  useLayoutEffect(() => {
    const element = grid.current
    if (element === null) return
    let frame = 0
    const measure = (): void => {
      frame = 0
      setWindow(before => {
        const after = measured(element)
        return same(before, after) ? before : after
      })
    }
    const schedule = (): void => { if (frame === 0) frame = requestAnimationFrame(measure) }
    const observer = new ResizeObserver(schedule)
    observer.observe(element)
    window.addEventListener('scroll', schedule, { passive: true })
    window.addEventListener('resize', schedule)
    measure()
    return () => {
      cancelAnimationFrame(frame)
      observer.disconnect()
      window.removeEventListener('scroll', schedule)
      window.removeEventListener('resize', schedule)
    }
  }, [])
  return window_
}

function measured (element: HTMLElement): GridWindow {
  const style = getComputedStyle(element)
  const gap = parseFloat(style.getPropertyValue('--gap')) || 4
  const wished = parseFloat(style.getPropertyValue('--tile')) || 168
  const { top, width } = element.getBoundingClientRect()
  const columns = Math.min(MAX_COLUMNS, Math.max(width < 280 ? 2 : 3, Math.floor((width + gap) / (wished + gap))))
  const rowPx = (width - gap * (columns - 1)) / columns + gap
  return {
    columns,
    rowPx,
    firstRow: Math.max(0, Math.floor(-top / rowPx) - OVERSCAN_ROWS),
    endRow: Math.max(1, Math.ceil((window.innerHeight - top) / rowPx) + OVERSCAN_ROWS)
  }
}

function same (a: GridWindow, b: GridWindow): boolean {
  return a.columns === b.columns && a.rowPx === b.rowPx && a.firstRow === b.firstRow && a.endRow === b.endRow
}
