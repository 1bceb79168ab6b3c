import { readdirSync, readFileSync } from 'node:fs'
import type { Stage } from './stage.ts'

/** Fonts for languages that the machine may have none for, so that pictures show their writing. */
const FONTS: Readonly<Record<string, { family: string, sheet: URL }>> = {
  ja: { family: 'Noto Sans JP Variable', sheet: new URL('../node_modules/@fontsource-variable/noto-sans-jp/index.css', import.meta.url) },
  zh: { family: 'Noto Sans SC Variable', sheet: new URL('../node_modules/@fontsource-variable/noto-sans-sc/index.css', import.meta.url) }
}

/** Serves them, each with a stylesheet that makes the dialog use it. */
export function addFonts (stage: Stage): void {
  for (const [language, { family, sheet }] of Object.entries(FONTS)) {
    const faces = readFileSync(sheet, 'utf8').replaceAll('./files/', '')
    const folder = new URL('files/', sheet)
    stage.addPage(`${language}.css`, `${faces}\n:root { --font: '${family}', sans-serif }`)
    for (const file of readdirSync(folder)) stage.addPage(file, readFileSync(new URL(file, folder)))
  }
}

/** Options of the dialog for a language; a page that brings its own font does the same. */
export function fontOptions (stage: Stage, language: unknown): { customCss?: string } {
  return typeof language === 'string' && language in FONTS ? { customCss: `${stage.otherOrigin}/pages/${language}.css` } : {}
}
