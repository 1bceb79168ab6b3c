import t from 'tap'
import { createSignInTickets, mayUseTicket } from '../../src/auth/sign-in-ticket.ts'

const SECRETS = ['a secret of the tests that is long enough']
const HOUR_MS = 60 * 60_000
const TICKET = { sessionId: 'session', appKey: 'app' }

t.test('a ticket is read within the hour and not after it', async t => {
  let now = 1_000_000
  const tickets = createSignInTickets(SECRETS, () => now)
  const text = tickets.issue(TICKET)
  now += HOUR_MS - 1
  t.same(tickets.read(text), TICKET)
  now += 1
  t.equal(tickets.read(text), undefined)
})

t.test('a ticket of another server is not read', async t => {
  const theirs = createSignInTickets(['another secret that is also long enough'], Date.now).issue(TICKET)
  t.equal(createSignInTickets(SECRETS, Date.now).read(theirs), undefined)
})

for (const [fetchSite, sessionId, may] of [
  ['same-origin', 'session', true],
  ['same-origin', '', true],
  ['same-origin', 'other', true],
  ['cross-site', 'session', true],
  ['cross-site', '', false],
  ['cross-site', 'other', false],
  ['same-site', 'other', false],
  ['none', 'other', false],
  [undefined, 'other', false],
  [undefined, '', false],
  [undefined, 'session', true]
] as const) {
  t.test(`a window opened ${fetchSite ?? 'by an old browser'} in the session "${sessionId}" ${may ? 'may' : 'may not'} use the ticket of "session"`, async t => {
    t.equal(mayUseTicket(TICKET, { sessionIds: [sessionId], fetchSite }), may)
  })
}
