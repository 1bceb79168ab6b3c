// The bar below the photos has the longest words next to the least room: every language, narrow and wide phones, upright and on their side, text of
// any size.
import t from 'tap'
import type { FrameLocator } from 'playwright-core'
import { LANGUAGES } from '../../packages/instagram/src/dialog/languages.ts'
import { launch } from './chromium.ts'
import { connectedState, modalOf, photos } from './support/dialog.ts'
import { addFonts, fontOptions } from './support/fonts.ts'
import { clientPage } from './support/pages.ts'
import { startStage } from './support/stage.ts'

t.setTimeout(300_000)

const stage = await startStage(t)
stage.addPage('plain', clientPage(stage.origin))
addFonts(stage)

const PHONES = [{ width: 320, height: 568 }, { width: 360, height: 740 }, { width: 390, height: 780 }, { width: 430, height: 932 }, { width: 844, height: 390 }] as const
const TEXTS = [
  { name: 'text of the usual size', fontPx: 16, mostLines: (width: number) => width < 390 ? 2 : 1, mostOfScreen: () => 0.35 },
  { name: 'text twice as large', fontPx: 32, mostLines: () => 3, mostOfScreen: (width: number) => width < 500 ? 0.35 : 0.65 }
] as const

for (const { name, fontPx, mostLines, mostOfScreen } of TEXTS) {
  await t.test(name, async t => {
    const browser = await launch([`--blink-settings=defaultFontSize=${fontPx}`])
    t.teardown(() => browser.close())
    const storageState = await connectedState(browser, stage)

    for (const language of LANGUAGES) {
      for (const [call, most] of [['pick', 1], ['pickMultiple', 3]] as const) {
        await t.test(`${language}: ${call}, none and ${most} chosen`, async t => {
          const context = await browser.newContext({ viewport: PHONES[0], storageState, reducedMotion: 'reduce', hasTouch: true })
          t.teardown(() => context.close())
          const page = await context.newPage()
          await page.goto(`${stage.origin}/pages/plain`)
          await page.evaluate(`filepicker.${call}(${JSON.stringify({ container: 'modal', services: ['INSTAGRAM'], language, maxFiles: 3, ...fontOptions(stage, language) })}, () => {})`)
          const dialog = modalOf(page)
          await photos(dialog).first().waitFor()
          let largest = 0
          for (const chosen of [0, most]) {
            for (let index = 0; index < chosen; index++) await photos(dialog).nth(index).dispatchEvent('click')
            for (const size of PHONES) {
              await page.setViewportSize(size)
              const place = `with ${chosen} chosen at ${size.width} × ${size.height}`
              const { outside, lines, share } = await measure(dialog)
              t.strictSame(outside, [], `nothing sticks out ${place}`)
              largest = Math.max(largest, share)
              t.ok(lines <= mostLines(size.width), `the words take ${lines} lines ${place}`)
              t.ok(share <= mostOfScreen(size.width), `the photos keep their room ${place}: the bar takes ${Math.round(share * 100)} %`)
            }
          }
          t.comment(`the bar takes at most ${Math.round(largest * 100)} % of the screen`)
        })
      }
    }
  })
}

/** What sticks out of the bar, how many lines its words take, and how much of the screen it takes. */
async function measure (dialog: FrameLocator): Promise<{ outside: string[], lines: number, share: number }> {
  return await dialog.locator('.bar').evaluate(bar => {
    const { left, right, height } = bar.getBoundingClientRect()
    const sticksOut = (part: Element): boolean => {
      const box = part.getBoundingClientRect()
      return box.left < left - 0.5 || box.right > right + 0.5 || part.scrollWidth > part.clientWidth + 1
    }
    const words = document.createRange()
    words.selectNode(bar.querySelector('.count')?.firstChild ?? bar)
    return {
      outside: [...bar.querySelectorAll('*')].filter(sticksOut).map(part => part.outerHTML),
      lines: new Set([...words.getClientRects()].map(({ top }) => Math.round(top))).size,
      share: height / window.innerHeight
    }
  })
}
