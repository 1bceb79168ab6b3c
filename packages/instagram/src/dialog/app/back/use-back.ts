import { useEffect, useRef } from 'preact/hooks'
import { useDialog } from '../context.ts'

/** Calls when the browser's Back is pressed and nothing above has taken it. @param isNeeded - whether there is something to go back from */
export function useBack (goBack: () => void, isNeeded = true): void {
  const { steps } = useDialog()
  const latest = useRef(goBack)
  latest.current = goBack
  useEffect(() => isNeeded ? steps.add(() => latest.current()) : undefined, [isNeeded])
}
