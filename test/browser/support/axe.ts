import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

const axeSource = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

interface Violation { id: string, nodes: Array<{ target: unknown[], failureSummary?: string }> }

/** What axe finds in the dialog against WCAG 2.2 A and AA and good practice, as short lines. */
export async function faultsOf (page: Page): Promise<string[]> {
  const frame = page.frame({ name: 'filepicker_dialog' }) ?? page.mainFrame()
  const isThere = await frame.evaluate(() => 'axe' in window)
  if (!isThere) await frame.evaluate(axeSource)
  const violations = await frame.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: Violation[] }> } }
    const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'], preload: false })
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary = '' }) => ({ target, failureSummary })) }))
  })
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary ?? ''}`))
}
