import type { Page, Route } from 'playwright-core'
import { LANGUAGES } from '../../../packages/instagram/src/dialog/languages.ts'
import { photos, type Dialog } from './dialog.ts'

/** One thing the dialog can look like, and the way there. */
export interface State {
  name: string
  /** Options of `pick`; `multiple` calls `pickMultiple`. */
  options?: Record<string, unknown>
  multiple?: boolean
  /** Calls `pickAndStore` for several photos. */
  stores?: boolean
  /** Names no service, so that the list of them comes first. */
  hasServices?: boolean
  isConnected?: boolean
  /** Answers of the server that this state needs, by the end of their path. */
  answers?: Record<string, (route: Route) => Promise<void>>
  /** Taken on this device only. @defaultValue on both */
  device?: 'desktop' | 'phone'
  /** From the opened dialog to the state. */
  reach: (dialog: Dialog, page: Page) => Promise<void>
}

const problem = (status: number, code: string, headers: Record<string, string> = {}) => async (route: Route): Promise<void> =>
  await route.fulfill({ status, headers, json: { statusCode: status, code, error: 'Error', message: code } })
const never = async (): Promise<void> => {}
const heading = (name: string | RegExp) => async (dialog: Dialog): Promise<void> => await dialog.getByRole('heading', { name }).waitFor()

/** Waits until every photo on the screen is there. */
async function settled (dialog: Dialog): Promise<void> {
  await photos(dialog).first().waitFor()
  await dialog.locator('body').evaluate(async () => {
    const isSeen = (image: Element): boolean => image.getBoundingClientRect().top < window.innerHeight
    const isLoading = (): boolean => [...document.querySelectorAll('.tile img.loading')].some(isSeen)
    while (isLoading()) await new Promise(resolve => requestAnimationFrame(resolve))
  })
}

async function chooseThree (dialog: Dialog): Promise<void> {
  await settled(dialog)
  for (const index of [1, 4, 2]) await photos(dialog).nth(index).click()
}

async function openGroup (dialog: Dialog): Promise<void> {
  await dialog.locator('.tile.carousel').first().click()
  await settled(dialog)
}

/** Where a language needs the most room: a phone, with a choice and a question over it, and the longest text. */
const OTHER_LANGUAGES: readonly State[] = LANGUAGES.filter(language => language !== 'en').flatMap((language): State[] => [
  {
    name: `closing-${language}`,
    options: { language },
    device: 'phone',
    multiple: true,
    isConnected: true,
    async reach (dialog, page) {
      await chooseThree(dialog)
      await page.keyboard.press('Escape')
      await dialog.getByRole('alertdialog').waitFor()
    }
  },
  {
    name: `personal-${language}`,
    options: { language },
    device: 'phone',
    isConnected: true,
    answers: { '/media': problem(403, 'INSTAGRAM_ACCOUNT_PERSONAL') },
    reach: async dialog => await dialog.locator('main.card .primary').waitFor()
  }
])

export const STATES: readonly State[] = [
  ...OTHER_LANGUAGES,
  { name: 'services', hasServices: true, reach: heading('Where are your photos?') },
  { name: 'connect', reach: heading('Your Instagram photos, right here') },
  {
    name: 'waiting',
    answers: { '/auth/open': async route => await route.fulfill({ contentType: 'text/html', body: '<title>Instagram</title>' }) },
    async reach (dialog, page) {
      const popup = page.waitForEvent('popup')
      await dialog.getByRole('button', { name: 'Connect Instagram' }).click()
      await (await popup).close()
      await dialog.getByRole('heading', { name: 'Waiting for Instagram' }).waitFor()
    }
  },
  {
    name: 'window-blocked',
    async reach (dialog) {
      await dialog.locator('body').evaluate(() => { window.open = () => null })
      await dialog.getByRole('button', { name: 'Connect Instagram' }).click()
      await dialog.getByRole('heading', { name: 'The window did not open' }).waitFor()
    }
  },
  { name: 'loading', isConnected: true, answers: { '/media': never }, reach: async dialog => await dialog.locator('.skeleton').first().waitFor() },
  { name: 'grid', isConnected: true, reach: settled },
  {
    name: 'grid-focus',
    isConnected: true,
    async reach (dialog, page) {
      await settled(dialog)
      await dialog.locator('[data-index="0"]').focus()
      for (const key of ['ArrowDown', 'ArrowRight', 'Space', 'ArrowRight']) await page.keyboard.press(key)
    }
  },
  { name: 'chosen', multiple: true, isConnected: true, reach: chooseThree },
  {
    name: 'chosen-full',
    multiple: true,
    options: { maxFiles: 3 },
    isConnected: true,
    reach: chooseThree
  },
  {
    name: 'captions',
    multiple: true,
    isConnected: true,
    async reach (dialog) {
      await chooseThree(dialog)
      await dialog.getByRole('button', { name: 'Captions' }).click()
    }
  },
  {
    name: 'group',
    multiple: true,
    isConnected: true,
    async reach (dialog) {
      await settled(dialog)
      await openGroup(dialog)
      await dialog.getByRole('button', { name: 'Choose all' }).click()
    }
  },
  {
    name: 'preview',
    multiple: true,
    isConnected: true,
    async reach (dialog, page) {
      await settled(dialog)
      await dialog.locator('[data-index="1"]').focus()
      await page.keyboard.press('p')
      await dialog.locator('.preview img').evaluate(async image => await (image as HTMLImageElement).decode())
    }
  },
  {
    name: 'preview-failed',
    multiple: true,
    isConnected: true,
    async reach (dialog, page) {
      await settled(dialog)
      await page.context().route('**/api/thumbnail/**', async route => await route.fulfill({ status: 404 }))
      await dialog.locator('[data-index="0"]').focus()
      await page.keyboard.press('p')
      await dialog.getByRole('button', { name: 'Try again' }).waitFor()
    }
  },
  {
    name: 'preview-slow',
    multiple: true,
    isConnected: true,
    async reach (dialog, page) {
      await settled(dialog)
      await page.context().route('**/api/thumbnail/**', never)
      await dialog.locator('[data-index="0"]').focus()
      await page.keyboard.press('p')
      await dialog.locator('.large.late').waitFor()
    }
  },
  {
    name: 'account',
    isConnected: true,
    async reach (dialog) {
      await settled(dialog)
      await dialog.locator('.account summary').click()
    }
  },
  {
    name: 'copying',
    multiple: true,
    isConnected: true,
    answers: { '/pick': never },
    async reach (dialog) {
      await chooseThree(dialog)
      await dialog.getByRole('button', { name: 'Use 3 photos' }).click()
      await dialog.getByText('Getting photo 1 of 3').waitFor()
    }
  },
  {
    name: 'copying-failed',
    multiple: true,
    isConnected: true,
    answers: { '/pick': problem(404, 'SOURCE_GONE') },
    async reach (dialog) {
      await chooseThree(dialog)
      await dialog.getByRole('button', { name: 'Use 3 photos' }).click()
      await dialog.getByText('3 photos are gone').waitFor()
    }
  },
  {
    name: 'too-large',
    isConnected: true,
    answers: { '/pick': problem(413, 'FILE_TOO_LARGE') },
    async reach (dialog) {
      await settled(dialog)
      await photos(dialog).nth(1).click()
      await dialog.getByRole('button', { name: 'Use photo' }).click()
      await dialog.getByText('This photo is too large').waitFor()
    }
  },
  {
    name: 'closing-choice',
    multiple: true,
    isConnected: true,
    async reach (dialog, page) {
      await chooseThree(dialog)
      await page.keyboard.press('Escape')
      await dialog.getByRole('alertdialog', { name: 'Close without your 3 photos?' }).waitFor()
    }
  },
  {
    name: 'closing-copies',
    stores: true,
    isConnected: true,
    answers: { '/pick': never },
    async reach (dialog, page) {
      await chooseThree(dialog)
      await dialog.getByRole('button', { name: 'Use 3 photos' }).click()
      await dialog.getByRole('progressbar').waitFor()
      await page.keyboard.press('Escape')
      await dialog.getByRole('alertdialog', { name: 'Stop storing 3 photos?' }).waitFor()
    }
  },
  { name: 'empty', isConnected: true, answers: { '/media': async route => await route.fulfill({ json: { items: [] } }) }, reach: heading('No photos yet') },
  { name: 'offline', isConnected: true, answers: { '/media': async route => await route.abort('internetdisconnected') }, reach: heading('You are offline') },
  { name: 'expired', answers: { '/status': async route => await route.fulfill({ json: { status: 'reconnect', signIn: 'x' } }) }, reach: heading('Your sign-in has ended') },
  { name: 'limit', isConnected: true, answers: { '/media': problem(429, 'INSTAGRAM_LIMIT_REACHED', { 'retry-after': '540' }) }, reach: heading('A short break') },
  { name: 'unavailable', isConnected: true, answers: { '/media': problem(502, 'INSTAGRAM_UNAVAILABLE') }, reach: heading('Instagram is not responding') },
  { name: 'personal', isConnected: true, answers: { '/media': problem(403, 'INSTAGRAM_ACCOUNT_PERSONAL') }, reach: heading('This is a personal account') },
  { name: 'connect-arabic', options: { language: 'ar' }, reach: async dialog => await dialog.getByRole('button', { name: 'ربط Instagram' }).waitFor() },
  { name: 'chosen-arabic', options: { language: 'ar' }, multiple: true, isConnected: true, reach: chooseThree },
  {
    name: 'group-arabic',
    options: { language: 'ar' },
    multiple: true,
    isConnected: true,
    async reach (dialog) {
      await settled(dialog)
      await openGroup(dialog)
    }
  },
  { name: 'not-set-up', options: { key: 'nobody' }, reach: heading('This page is not set up') }
]
