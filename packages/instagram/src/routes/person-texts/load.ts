import type { Language } from '../../dialog/languages.ts'
import type { PersonTexts } from './texts.ts'

const LOADERS = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  pt: () => import('./pt.ts'),
  ja: () => import('./ja.ts'),
  ar: () => import('./ar.ts'),
  zh: () => import('./zh.ts')
} satisfies Record<Language, () => Promise<{ texts: PersonTexts }>>

/** A language is loaded when the first person needs it. */
export async function loadPersonTexts (language: Language): Promise<PersonTexts> {
  return (await LOADERS[language]()).texts
}
