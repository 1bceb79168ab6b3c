import type { Language } from '../languages.ts'

const formats = new Map<Language, Intl.DateTimeFormat>()

/** `12 August 2026`, in the language of the dialog; undefined when the day is not known. */
export function dayOf (takenAt: string | undefined, language: Language): string | undefined {
  if (takenAt === undefined || Number.isNaN(Date.parse(takenAt))) return undefined
  const format = formats.get(language) ?? new Intl.DateTimeFormat(language, { dateStyle: 'long' })
  formats.set(language, format)
  return format.format(new Date(takenAt))
}
