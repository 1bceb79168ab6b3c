import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/**
 * The one entry of the grid that is in the tab order, and the focus on it.
 *
 * @param startsAt - the entry that gets the focus when the grid appears; `undefined` leaves the focus where it is
 */
export function useGridFocus (grid: RefObject<HTMLElement | null>, columns: number, startsAt: number | undefined) {
  const [active, setActive] = useState(startsAt ?? 0)
  const isMoving = useRef(startsAt !== undefined)
  const hasFocus = useRef(false)

  useLayoutEffect(() => {
    // Another number of columns puts the focused photo into another row, which makes a new element of it.
    const isLost = hasFocus.current && document.activeElement === document.body
    if (columns === 0 || !(isMoving.current || isLost)) return
    isMoving.current = false
    const element = grid.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)
    element?.focus({ preventScroll: true })
    element?.scrollIntoView({ block: 'nearest' })
  }, [active, columns])

  return {
    active,
    moveTo (index: number): void {
      isMoving.current = index !== active
      setActive(index)
    },
    onFocusIn (event: FocusEvent): void {
      const index = (event.target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset.index
      hasFocus.current = true
      if (index !== undefined) setActive(Number(index))
    },
    onFocusOut ({ relatedTarget, currentTarget }: FocusEvent & { currentTarget: HTMLElement }): void {
      if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) hasFocus.current = false
    }
  }
}
