import t from 'tap'
import { DEFAULT_APP } from '../../../src/emulator/model/apps.ts'
import { createWorld } from '../../../src/emulator/model/world.ts'
import { resolveOptions } from '../../../src/emulator/options.ts'

for (const [name, options, message] of [
  ['two apps of one id', { apps: [{}, { id: DEFAULT_APP.id, secret: 'other' }] }, `there is an app with the Instagram app id "${DEFAULT_APP.id}" already; give the new one an id of its own`],
  ['two accounts of one name', { accounts: [{ username: 'a' }, { username: 'b' }, { username: 'a' }] }, 'there are two accounts named "a"; one name belongs to one account'],
  ['an answer by an account that there is none of', { accounts: [{ username: 'a' }], answer: { account: 'b' } }, 'no account named "b"; there are a'],
  ['the same among more accounts than anybody reads', { accounts: Array.from({ length: 500 }, (_, index) => ({ username: `a${index}` })), answer: { account: 'b' } }, 'no account named "b"; there are a0, a1, a2, a3, a4, a5, a6, a7, a8, a9 and 490 more']
] as const) {
  t.test(`${name} are refused at the start`, async t => {
    t.throws(() => createWorld(resolveOptions(options)), { message })
  })
}
