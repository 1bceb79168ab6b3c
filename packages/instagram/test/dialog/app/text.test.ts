import t from 'tap'
import { LANGUAGES } from '../../../src/dialog/languages.ts'
import { loadMessages } from '../../../src/dialog/app/text/load.ts'
import { plural } from '../../../src/dialog/app/text/plural.ts'

const COUNTS = [1, 2, 3, 11, 100]

for (const language of LANGUAGES) {
  t.test(`${language}: every sentence is said, none twice for two problems, and counted ones have their number`, async t => {
    const { problems: others, photoProblems, ...sentences } = await loadMessages(language)
    const problems = { ...others, ...Object.fromEntries(Object.entries(photoProblems).map(([name, say]) => [name, say(1)])) }
    for (const [name, sentence] of Object.entries(sentences)) if (typeof sentence === 'string') t.match(sentence, /\S/, name)
    for (const [name, { title, text }] of Object.entries(problems)) t.ok(title.length > 1 && text.length > 1, name)
    t.equal(new Set(Object.values(problems).map(({ title }) => title)).size, Object.keys(problems).length)
    for (const count of COUNTS) {
      for (const sentence of [sentences.loaded(count), sentences.use(count), sentences.chosen(count, undefined), sentences.groupTitle(count), sentences.someFailed(count)]) {
        t.notMatch(sentence, /#|undefined/)
        t.match(sentence, /\S/)
      }
      if (count > 1) {
        for (const [name, say] of Object.entries(photoProblems)) {
          t.not(say(count).title, say(1).title, `${name} of ${count}`)
          t.notMatch(say(count).title + say(count).text, /#|undefined/)
        }
      }
    }
  })
}

t.test('a counted word takes the form of its language', async t => {
  const forms = { one: '# foto', other: '# fotos' }
  t.equal(plural('es', 1, forms), '1 foto')
  t.equal(plural('es', 5, forms), '5 fotos')
  t.equal(plural('en', 12_000, { other: '# photos' }), '12,000 photos')
  t.equal(plural('ar', 2, { two: 'صورتان', other: '# صورة' }), 'صورتان')
})
