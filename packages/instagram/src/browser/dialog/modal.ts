import type { Container, Dismissal } from './container.ts'

/** Names that pages have been able to style for years. */
const SHADE = 'filepicker_shade'
const BOX = 'filepicker_dialog_container'
const FRAME = 'filepicker_dialog'

const STYLE = `
html:has(#${SHADE}[open]) { overflow: hidden }
#${SHADE} { all: unset; position: fixed; inset: 0; box-sizing: border-box; display: grid; place-items: center; padding: clamp(0px, (100vw - 700px) * 9, 4vmin) clamp(0px, (100vw - 700px) * 9, 4vmin); z-index: 2147483000; cursor: default }
#${SHADE}[hidden] { display: none }
#${SHADE}::backdrop { background: rgb(12 11 10 / .62) }
#${BOX} { inline-size: min(100%, 1120px); block-size: min(100%, 820px); overflow: hidden; background: light-dark(#fbfaf8, #141312); box-shadow: 0 24px 80px rgb(0 0 0 / .4) }
#${FRAME} { display: block; inline-size: 100%; block-size: 100%; border: 0; color-scheme: light dark }
@media (min-width: 701px) { #${BOX} { border-radius: 18px } }
@media (prefers-reduced-motion: no-preference) { #${BOX} { animation: filepicker_rise .24s cubic-bezier(.2, .7, .2, 1) } }
@keyframes filepicker_rise { from { opacity: 0; transform: translateY(14px) } }
`

/** Shows the dialog over the page, which is out of reach meanwhile: the browser's own modal keeps the focus and gives it back. */
export function openModal (address: string, { asked }: Dismissal): Container {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(STYLE)
  const { shade, frame } = build(address)
  const close = (): void => {
    shade.close()
    shade.remove()
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(adopted => adopted !== sheet)
  }
  const dismiss = (event: Event): void => {
    event.preventDefault()
    asked()
  }
  shade.addEventListener('cancel', dismiss)
  // The second Escape in a row would close it without the event above.
  shade.addEventListener('keydown', event => { if (event.key === 'Escape') dismiss(event) })
  // The second click of a double click on the page's button lands here.
  shade.addEventListener('click', event => { if (event.target === shade && event.detail < 2) dismiss(event) })

  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  // A script in the head runs before there is a body.
  const root = document.body ?? document.documentElement
  root.append(shade)
  shade.showModal()
  // Until the dialog has shown itself the focus stays here, where Escape is heard even when nothing is ever shown.
  shade.focus()
  return {
    source: () => frame.contentWindow,
    focus: () => frame.focus(),
    hide () {
      shade.close()
      shade.hidden = true
    },
    guard () {},
    leave () {},
    close
  }
}

function build (address: string): { shade: HTMLDialogElement, frame: HTMLIFrameElement } {
  const shade = document.createElement('dialog')
  const box = document.createElement('div')
  const frame = document.createElement('iframe')
  shade.id = SHADE
  shade.setAttribute('aria-label', 'Contactsheet')
  shade.tabIndex = -1
  box.id = BOX
  frame.id = frame.name = FRAME
  frame.title = 'Contactsheet'
  frame.src = address
  frame.allow = 'clipboard-write'
  box.append(frame)
  shade.append(box)
  return { shade, frame }
}
