import { useLayoutEffect, useRef } from 'preact/hooks'
import { useBack } from './back/use-back.ts'

/** For a `<dialog>` that is modal while it exists: Escape and the browser's Back are told, and at the end the browser gives the focus back to where it was. */
export function useModal (onEscape: () => void) {
  const ref = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = ref.current
    element?.showModal()
    return () => element?.close()
  }, [])
  useBack(onEscape)
  const escape = (event: Event): void => {
    event.preventDefault()
    onEscape()
  }
  return { ref, onCancel: escape, onKeyDown: (event: KeyboardEvent): void => { if (event.key === 'Escape') escape(event) } }
}
