import t from 'tap'
import { LANGUAGES } from '../../../src/dialog/languages.ts'
import { loadPersonTexts } from '../../../src/routes/person-texts/load.ts'

/** Every sentence by its path, those with a name or a day in them spoken with both. */
function sentencesIn (texts: object, path = ''): Array<[string, string]> {
  return Object.entries(texts).flatMap(([name, value]: [string, unknown]): Array<[string, string]> => {
    const at = `${path}/${name}`
    if (typeof value === 'string') return [[at, value]]
    const spoken: unknown = typeof value === 'function' ? value('«first»', '«second»') : value
    return typeof spoken === 'object' && spoken !== null ? sentencesIn(spoken, at) : []
  })
}

const english = new Map(sentencesIn(await loadPersonTexts('en')))

for (const language of LANGUAGES) {
  t.test(`${language}: no sentence is missing, empty, said twice or left in English, and names and days are in theirs`, async t => {
    const sentences = sentencesIn(await loadPersonTexts(language))
    t.strictSame(sentences.map(([path]) => path), [...english.keys()])
    for (const [path, sentence] of sentences) {
      t.match(sentence, /\S{2}/, path)
      if (language !== 'en') t.not(sentence, english.get(path), path)
      for (const given of ['«first»', '«second»']) t.equal(sentence.includes(given), english.get(path)?.includes(given), `${path} has ${given}`)
    }
    t.equal(new Set(sentences.map(([, sentence]) => sentence)).size, sentences.length)
  })
}
