import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { chromium as playwright, type Browser } from 'playwright-core'
import { lock } from 'proper-lockfile'

/** Set it to use a browser of the machine in place of the one that comes with the dev dependencies. */
const EXECUTABLE = process.env.CONTACTSHEET_CHROMIUM

const ARGUMENTS = ['--no-sandbox', '--headless=shell', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage', '--hide-scrollbars', '--font-render-hinting=none']

/** Starts Chromium. A machine without one fails here; browser tests are never skipped. */
export async function launch (extraArguments: string[] = []): Promise<Browser> {
  return await playwright.launch({ executablePath: EXECUTABLE ?? await unpacked(), args: [...ARGUMENTS, ...extraArguments] })
}

/** The path of the browser, unpacked by one process although several test files start at the same moment. */
async function unpacked (): Promise<string> {
  const release = await lock(tmpdir(), { lockfilePath: join(tmpdir(), 'contactsheet-chromium.lock'), retries: { retries: 100, factor: 1, minTimeout: 300 } })
  try {
    return await chromium.executablePath()
  } finally {
    await release()
  }
}
