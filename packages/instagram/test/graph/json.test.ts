import t from 'tap'
import { parseLossless } from '../../src/graph/json.ts'

t.test('whole numbers above 2^53 become their decimal text, digit by digit', async t => {
  t.same(parseLossless('{"user_id":25568454926143111,"next":-17841405793187219}'), { user_id: '25568454926143111', next: '-17841405793187219' })
})

t.test('every other value is what JSON.parse makes of it', async t => {
  const text = '{"a":[1,-2,9007199254740991,1.5,1e400,"9007199254740993"],"b":null,"c":true,"d":{}}'
  t.same(parseLossless(text), JSON.parse(text))
})

t.test('a text that is no JSON throws', async t => {
  t.throws(() => parseLossless('<html>Sorry</html>'), SyntaxError)
})
