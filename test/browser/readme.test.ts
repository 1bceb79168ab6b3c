// The samples of the README that run in a browser, as they stand there.
import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import type { Page } from 'playwright-core'
import { bundle } from './support/bundle.ts'
import { startDialogStage } from './support/dialog-stage.ts'
import { modalOf, photos } from './support/dialog.ts'

const readme = readFileSync(new URL('../../packages/instagram/README.md', import.meta.url), 'utf8')
const sample = (language: string, marker: string): string => {
  const found = [...readme.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, code = '']) => code).find(code => code.includes(marker))
  if (found === undefined) throw new Error(`the README has no ${language} sample with ${marker}`)
  return found
}

t.setTimeout(180_000)

const { browser, stage, connected: storageState } = await startDialogStage(t)

async function open (t: Test, name: string): Promise<Page> {
  const context = await browser.newContext({ storageState, reducedMotion: 'reduce', locale: 'en' })
  t.teardown(() => context.close())
  const page = await context.newPage()
  await page.goto(`${stage.origin}/pages/${name}`)
  return page
}

t.test('the plain sample picks a photo', async t => {
  stage.addPage('sample', `<!doctype html><title>Sample</title><link rel="icon" href="data:,">${sample('html', 'filepicker.pick')}`)
  const page = await open(t, 'sample')
  const printed = page.waitForEvent('console')
  await photos(modalOf(page)).first().click()
  await modalOf(page).getByRole('button', { name: 'Use photo' }).click()
  t.match((await printed).text(), new RegExp(`^${stage.origin}/api/file/`))
})

t.test('the sample with promises picks and converts', async t => {
  stage.addPage('promises.js', await bundle(sample('ts', 'await pick('), 'ts'))
  stage.addPage('promises', '<!doctype html><title>Promises</title><button>Pick</button><img alt=""><script type="module" src="/pages/promises.js"></script>')
  const page = await open(t, 'promises')
  await page.getByRole('button').click()
  await photos(modalOf(page)).first().click()
  await modalOf(page).getByRole('button', { name: 'Use photo' }).click()
  const image = page.locator('img[src]')
  await image.waitFor({ state: 'attached' })
  t.strictSame(await image.evaluate(async (image: HTMLImageElement) => {
    await image.decode()
    return [image.naturalWidth, image.naturalHeight]
  }), [400, 400])
})

t.test('the React sample shows what was picked', async t => {
  stage.addPage('react.js', await bundle(`${sample('tsx', 'useState')}
import { createRoot } from 'react-dom/client'
createRoot(document.getElementById('root')!).render(<Album />)`, 'tsx'))
  stage.addPage('react', '<!doctype html><title>React</title><div id="root"></div><script type="module" src="/pages/react.js"></script>')
  const page = await open(t, 'react')
  await page.getByRole('button', { name: 'Pick from Instagram' }).click()
  for (const index of [0, 1]) await photos(modalOf(page)).nth(index).click()
  await modalOf(page).getByRole('button', { name: 'Use 2 photos' }).click()
  await page.locator('img').nth(1).waitFor()
  t.equal(await page.locator('img').count(), 2)
})
