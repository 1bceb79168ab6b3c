import type { Container } from './container.ts'

/** Shows the dialog in an iframe of the page's. */
export function openFrame (frame: HTMLIFrameElement, address: string): Container {
  show(frame, address)
  return {
    source: () => frame.contentWindow,
    focus: () => frame.focus(),
    hide () {},
    guard () {},
    leave () {},
    close: () => show(frame, 'about:blank')
  }
}

/** Leaves no step in the history, so that Back still leads out of the page. */
function show (frame: HTMLIFrameElement, address: string): void {
  frame.contentWindow?.location.replace(address)
}
