import t from 'tap'
import { acceptedLanguages, chooseLanguage, directionOf } from '../../src/dialog/languages.ts'

t.test('the first wish that is spoken wins, in the spellings of tags and of old clients', async t => {
  t.equal(chooseLanguage(['de-AT']), 'de')
  t.equal(chooseLanguage(['zh_cn']), 'zh')
  t.equal(chooseLanguage([undefined, 'xx', 'PT-br', 'de']), 'pt')
})

t.test('English is spoken when no wish can be met', async t => {
  t.equal(chooseLanguage([]), 'en')
  t.equal(chooseLanguage(['xx', '']), 'en')
})

t.test('Accept-Language is read by its weights; zero means never', async t => {
  t.same(acceptedLanguages('en;q=0.5, ja, de;q=0.8, fr;q=0'), ['ja', 'de', 'en'])
  t.same(acceptedLanguages(undefined), [])
})

t.test('only Arabic is read from right to left', async t => {
  t.equal(directionOf('ar'), 'rtl')
  t.equal(directionOf('ja'), 'ltr')
})
