// Every state of the dialog: free of accessibility faults in light, dark, forced colours, at 320 pixels and at 400 % zoom; and a
// picture of each for people to look at, in screenshots/.
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import t from 'tap'
import type { BrowserContext, Page } from 'playwright-core'
import { launch } from './chromium.ts'
import { faultsOf } from './support/axe.ts'
import { connect, modalOf } from './support/dialog.ts'
import { clientPage } from './support/pages.ts'
import { startStage } from './support/stage.ts'
import { STATES, type State } from './support/states.ts'

t.setTimeout(300_000)

const VIEWPORTS = { desktop: { width: 1180, height: 820 }, phone: { width: 390, height: 780 } } as const

const browser = await launch()
t.teardown(() => browser.close())
const stage = await startStage(t)
stage.addPage('plain', clientPage(stage.origin))
const only = process.env.STATES?.split(',')

/** The cookies of a browser that has connected Instagram. */
const connected = await (async () => {
  const context = await browser.newContext()
  const page = await openDialog(context, { name: 'any', reach: async () => {} })
  await connect(page, modalOf(page))
  const state = await context.storageState()
  await context.close()
  return state
})()

async function openDialog (context: BrowserContext, state: State): Promise<Page> {
  const page = await context.newPage()
  for (const [path, answer] of Object.entries(state.answers ?? {})) await context.route(url => url.pathname.endsWith(path), answer)
  await page.goto(`${stage.origin}/pages/plain`)
  await page.evaluate(({ call, options }) => {
    const { filepicker } = window as unknown as { filepicker: Record<string, (...given: unknown[]) => void> }
    if (typeof options.key === 'string') filepicker.setKey?.(options.key)
    filepicker[call]?.({ container: 'modal', services: 'services' in options ? options.services : ['INSTAGRAM'], ...options }, () => {})
  }, { call: state.multiple === true ? 'pickMultiple' : 'pick', options: { language: 'en', ...state.options } as Record<string, unknown> })
  return page
}

async function photograph (page: Page, name: string): Promise<void> {
  const taken = await page.screenshot()
  await writeFile(new URL(`screenshots/${name}.png`, import.meta.url), await sharp(taken).png({ palette: true, quality: 82, effort: 8 }).toBuffer())
}

for (const [device, viewport] of Object.entries(VIEWPORTS)) {
  for (const state of STATES.filter(({ name }) => only?.includes(name) ?? true)) {
    t.test(`${state.name} on a ${device}`, async t => {
      const context = await browser.newContext({ viewport, hasTouch: device === 'phone', reducedMotion: 'reduce', ...(state.isConnected === true ? { storageState: connected } : {}) })
      t.teardown(() => context.close())
      const page = await openDialog(context, state)
      const dialog = modalOf(page)
      await state.reach(dialog, page)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await photograph(page, `${state.name}-${device}-${colorScheme}`)
        t.strictSame(await faultsOf(page), [], `no faults in ${colorScheme}`)
      }
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' })
      t.strictSame(await faultsOf(page), [], 'no faults in forced colours')
      if (device === 'desktop') return

      await page.emulateMedia({ forcedColors: 'none' })
      for (const [size, tight] of [['320 pixels wide', { width: 320, height: 640 }], ['400 % zoom', { width: 320, height: 205 }]] as const) {
        await page.setViewportSize(tight)
        t.strictSame(await faultsOf(page), [], `no faults at ${size}`)
        t.equal(await dialog.locator('html').evaluate(root => root.scrollWidth - root.clientWidth), 0, `nothing to scroll sideways at ${size}`)
      }
    })
  }
}
