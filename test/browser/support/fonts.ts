import { readdirSync, readFileSync } from 'node:fs'
import type { Stage } from './stage.ts'

const FONTS = { ja: 'noto-sans-jp', zh: 'noto-sans-sc' } as const

/** Serves fonts for languages that the machine may have none for, so that pictures show their writing. */
export function addFonts (stage: Stage): void {
  for (const [language, name] of Object.entries(FONTS)) {
    const folder = new URL(`../node_modules/@fontsource-variable/${name}/`, import.meta.url)
    const family = language === 'ja' ? 'Noto Sans JP Variable' : 'Noto Sans SC Variable'
    const faces = readFileSync(new URL('index.css', folder), 'utf8').replaceAll('./files/', '')
    stage.addPage(`${language}.css`, `${faces}\n:root { --font: '${family}', sans-serif }`)
    for (const file of readdirSync(new URL('files/', folder))) stage.addPage(file, readFileSync(new URL(`files/${file}`, folder)))
  }
}

/** Options of the dialog that make it use them. */
export function fontOptions (stage: Stage, language: unknown): { customCss?: string } {
  return typeof language === 'string' && language in FONTS ? { customCss: `${stage.otherOrigin}/pages/${language}.css` } : {}
}
