import type { FrameLocator, Page } from 'playwright-core'

export type Dialog = FrameLocator | Page

/** The dialog inside the modal of a page. */
export function modalOf (page: Page): FrameLocator {
  return page.frameLocator('#filepicker_dialog')
}

/** Connects in the window that opens; the emulator says yes by itself. */
export async function connect (page: Page, dialog: Dialog): Promise<void> {
  const popup = page.waitForEvent('popup')
  await dialog.getByRole('button', { name: 'Connect Instagram' }).click()
  await popup
  await dialog.getByRole('grid').waitFor()
}

/** Photos that can be chosen. */
export function photos (dialog: Dialog) {
  return dialog.locator('.tile.image:not(.dimmed)')
}
