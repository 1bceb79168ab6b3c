/**
 * Picks the form of a counted word.
 *
 * @param forms - by the plural categories of the language; `other` serves those that are not given
 */
export function plural (language: string, count: number, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }): string {
  const form = forms[new Intl.PluralRules(language).select(count)] ?? forms.other
  return form.replace('#', new Intl.NumberFormat(language).format(count))
}
