import type { Language } from '../../languages.ts'
import type { Messages } from './messages.ts'

const LOADERS = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  pt: () => import('./pt.ts'),
  ja: () => import('./ja.ts'),
  ar: () => import('./ar.ts'),
  zh: () => import('./zh.ts')
} satisfies Record<Language, () => Promise<{ messages: Messages }>>

/** Only the language that is spoken is loaded. */
export async function loadMessages (language: Language): Promise<Messages> {
  return (await LOADERS[language]()).messages
}
