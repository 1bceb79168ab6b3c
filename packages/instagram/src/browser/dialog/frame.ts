import type { Container } from './container.ts'

/** Shows the dialog in an iframe of the page's. */
export function openFrame (frame: HTMLIFrameElement, address: string): Container {
  frame.src = address
  return {
    source: () => frame.contentWindow,
    focus: () => frame.focus(),
    hide () {},
    guard () {},
    leave () {},
    close: () => { frame.src = 'about:blank' }
  }
}
