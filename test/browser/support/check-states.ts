import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { Test } from 'tap'
import type { BrowserContext, Page } from 'playwright-core'
import { launch } from '../chromium.ts'
import { faultsOf } from './axe.ts'
import { connectedState, modalOf } from './dialog.ts'
import { addFonts, fontOptions } from './fonts.ts'
import { clientPage } from './pages.ts'
import { startStage, type Stage } from './stage.ts'
import { STATES, type State } from './states.ts'

const VIEWPORTS = { desktop: { width: 1180, height: 820 }, phone: { width: 390, height: 780 } } as const
/** 1280 × 820 at 400 % are as many CSS pixels. */
const TIGHT = { '320 pixels wide': { width: 320, height: 640 }, '400 % zoom': { width: 320, height: 205 } } as const

/**
 * Brings the dialog into every state on one device, checks it in light, dark and forced colours (on the phone also where there is
 * little room), and takes its pictures.
 *
 * @param only - names of states, when only these are wanted
 */
export async function checkStates (t: Test, device: keyof typeof VIEWPORTS, only?: readonly string[]): Promise<void> {
  const browser = await launch()
  t.teardown(() => browser.close())
  const stage = await startStage(t)
  stage.addPage('plain', clientPage(stage.origin))
  addFonts(stage)
  const storageState = await connectedState(browser, stage)

  for (const state of STATES.filter(({ name, device: itsOnly = device }) => itsOnly === device && (only?.includes(name) ?? true))) {
    await t.test(`${state.name} on a ${device}`, async t => {
      const context = await browser.newContext({ viewport: VIEWPORTS[device], hasTouch: device === 'phone', reducedMotion: 'reduce', ...(state.isConnected === true ? { storageState } : {}) })
      t.teardown(() => context.close())
      const page = await openDialog(context, stage, state)
      const dialog = modalOf(page)
      await state.reach(dialog, page)
      await dialog.locator('html').evaluate(async root => await root.ownerDocument.fonts.ready)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await photograph(page, `${state.name}-${device}-${colorScheme}`)
        t.strictSame(await faultsOf(page), [], `no faults in ${colorScheme}`)
      }
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' })
      t.strictSame(await faultsOf(page), [], 'no faults in forced colours')
      if (device === 'desktop') return

      await page.emulateMedia({ forcedColors: 'none' })
      for (const [name, size] of Object.entries(TIGHT)) {
        await page.setViewportSize(size)
        t.strictSame(await faultsOf(page), [], `no faults at ${name}`)
        t.equal(await dialog.locator('html').evaluate(root => root.scrollWidth - root.clientWidth), 0, `nothing to scroll sideways at ${name}`)
      }
    })
  }
}

async function openDialog (context: BrowserContext, stage: Stage, state: State): Promise<Page> {
  const page = await context.newPage()
  for (const [path, answer] of Object.entries(state.answers ?? {})) await context.route(url => url.pathname.endsWith(path), answer)
  await page.goto(`${stage.origin}/pages/plain`)
  await page.evaluate(({ call, options }) => {
    const { filepicker } = window as unknown as { filepicker: Record<string, (...given: unknown[]) => void> }
    if (typeof options.key === 'string') filepicker.setKey?.(options.key)
    const picker = { container: 'modal', services: ['INSTAGRAM'], ...options }
    if (call === 'pickAndStore') filepicker[call]?.({ multiple: true, ...picker }, {}, () => {})
    else filepicker[call]?.(picker, () => {})
  }, { call: state.stores === true ? 'pickAndStore' : state.multiple === true ? 'pickMultiple' : 'pick', options: { language: 'en', ...(state.hasServices === true ? { services: undefined } : {}), ...fontOptions(stage, state.options?.language), ...state.options } as Record<string, unknown> })
  return page
}

async function photograph (page: Page, name: string): Promise<void> {
  const taken = await page.screenshot()
  await writeFile(new URL(`../screenshots/${name}.png`, import.meta.url), await sharp(taken).png({ palette: true, quality: 82, effort: 8 }).toBuffer())
}
