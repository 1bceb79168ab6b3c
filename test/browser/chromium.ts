import chromium from '@sparticuz/chromium'
import { chromium as playwright, type Browser } from 'playwright-core'

/** Set it to use a browser of the machine in place of the one that comes with the dev dependencies. */
const EXECUTABLE = process.env.CONTACTSHEET_CHROMIUM

const ARGUMENTS = ['--no-sandbox', '--headless=shell', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage', '--hide-scrollbars', '--font-render-hinting=none']

/** Starts Chromium. A machine without one fails here; browser tests are never skipped. */
export async function launch (extraArguments: string[] = []): Promise<Browser> {
  return await playwright.launch({ executablePath: EXECUTABLE ?? await chromium.executablePath(), args: [...ARGUMENTS, ...extraArguments] })
}
