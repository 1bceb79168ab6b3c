import t from 'tap'
import { createSessionCookies, sessionIdOfIdentity } from '../../src/auth/session.ts'

const HTTPS = createSessionCookies('https://photos.example.com')
const HTTP = createSessionCookies('http://localhost:3000')
const NOW_MS = Date.UTC(2026, 10, 24)

t.test('a session that was made is read again, with the same id', async t => {
  for (const cookies of [HTTPS, HTTP]) {
    const { session, value } = cookies.make(NOW_MS)
    t.same(cookies.read({ [session.name]: value, other: 'x' }), [session])
    t.equal(session.madeAtMs, NOW_MS)
    t.not(session.id, value, 'the id tells nothing of the cookie')
  }
})

t.test('the oldest session comes first, however the browser orders them', async t => {
  const made = [3, 1, 2].map(day => HTTPS.make(NOW_MS + day * 24 * 60 * 60_000))
  const read = HTTPS.read(Object.fromEntries(made.map(({ session, value }) => [session.name, value])))
  t.same(read.map(({ id }) => id), [made[1], made[2], made[0]].map(one => one?.session.id))
})

t.test('cookies of http are none over https, where a neighbour could have planted them', async t => {
  const { session, value } = HTTP.make(NOW_MS)
  t.same(HTTPS.read({ [session.name]: value }), [])
})

t.test('names and values that we do not make are none', async t => {
  const { session, value } = HTTPS.make(NOW_MS)
  for (const [name, content] of [[`${session.name}0`, value], ['__Host-contactsheet-', value], [session.name, `${value}x`], [session.name, ''], [session.name, undefined]] as const) {
    t.same(HTTPS.read({ [name]: content }), [], `${name}=${content}`)
  }
})

t.test('a browser that sends hundreds is heard for fifty', async t => {
  const made = Array.from({ length: 200 }, (_, index) => HTTPS.make(NOW_MS + index))
  t.equal(HTTPS.read(Object.fromEntries(made.map(({ session, value }) => [session.name, value]))).length, 50)
})

t.test('equal identities of the host are one session, others are others', async t => {
  t.equal(sessionIdOfIdentity('ada'), sessionIdOfIdentity('ada'))
  t.not(sessionIdOfIdentity('ada'), sessionIdOfIdentity('bob'))
  t.notMatch(sessionIdOfIdentity('ada'), 'ada')
})
