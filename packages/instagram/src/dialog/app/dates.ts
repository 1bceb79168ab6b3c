import type { Language } from '../languages.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** `12 August 2026`, or `12 Aug 2026`, in the language of the dialog; undefined when the day is not known. */
export function dayOf (takenAt: string | undefined, language: Language, style: 'long' | 'medium' = 'long'): string | undefined {
  if (takenAt === undefined || Number.isNaN(Date.parse(takenAt))) return undefined
  const format = formats.get(language + style) ?? new Intl.DateTimeFormat(language, { dateStyle: style })
  formats.set(language + style, format)
  return format.format(new Date(takenAt))
}
