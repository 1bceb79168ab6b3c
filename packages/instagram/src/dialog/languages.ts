/** Languages of the dialog, by the first part of a language tag. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'ja', 'ar', 'zh'] as const
export type Language = typeof LANGUAGES[number]

/**
 * The first wish that the dialog speaks, else English.
 *
 * @param wishes - language tags such as `de-AT` or, as old clients write them, `de_at`; undefined ones are passed over
 */
export function chooseLanguage (wishes: ReadonlyArray<string | undefined>): Language {
  const primaries = wishes.map(wish => wish?.toLowerCase().split(/[-_]/)[0])
  return primaries.map(primary => LANGUAGES.find(language => language === primary)).find(language => language !== undefined) ?? 'en'
}

/** The tags of an `Accept-Language` header, most wanted first. */
export function acceptedLanguages (header: string | undefined): string[] {
  return (header ?? '').split(',')
    .map(part => {
      const [tag = '', quality = ''] = part.trim().split(/;\s*q=/)
      return { tag, quality: quality === '' ? 1 : Number(quality) }
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
}

export function directionOf (language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr'
}
