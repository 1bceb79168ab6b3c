import t from 'tap'
import { read, start, type Answer } from '../harness.ts'

const usageOf = ({ headers }: Answer, account: string) => JSON.parse(headers.get('x-business-use-case-usage') ?? '{}')[account]?.[0]

t.test('usage headers rise to 100, then calls fail with 80002 and say in minutes how long', async t => {
  const emulator = await start(t, { callBudget: 4 })
  const { userId } = emulator.control.idsOf('harbour.and.hill')
  const answers = []
  for (let call = 0; call < 5; call++) answers.push(await read(emulator, '/me'))
  t.strictSame(answers.map(answer => usageOf(answer, userId).call_count), [25, 50, 75, 100, 100])
  t.strictSame(answers.map(({ status }) => status), [200, 200, 200, 200, 400])
  t.match(answers[4]?.json.error, { code: 80002, message: /^There have been too many calls to this Instagram account/ })
  t.match(usageOf(answers[4] as Answer, userId), { type: 'instagram', estimated_time_to_regain_access: 1440 })
  t.match(JSON.parse(answers[0]?.headers.get('x-app-usage') ?? ''), { call_count: 25, total_time: Number, total_cputime: Number })
})

t.test('the limit counts per account and ends after 24 hours', async t => {
  const emulator = await start(t, { callBudget: 1 })
  await read(emulator, '/me')
  t.equal((await read(emulator, '/me')).status, 400)
  t.equal((await read(emulator, '/me', {}, 'noor.paints.light')).status, 200)
  emulator.control.clock.advance(86_400_000)
  t.equal((await read(emulator, '/me')).status, 200)
})

t.test('calling while limited lengthens the limit', async t => {
  const emulator = await start(t, { callBudget: 1 })
  await read(emulator, '/me')
  emulator.control.clock.advance(43_200_000)
  await read(emulator, '/me')
  emulator.control.clock.advance(43_200_000)
  t.equal((await read(emulator, '/me')).status, 400)
})

t.test('usage headers can be switched off', async t => {
  const { headers } = await read(await start(t, { switches: { usageHeaders: 'off' } }), '/me')
  t.strictSame([headers.get('x-app-usage'), headers.get('x-business-use-case-usage')], [null, null])
})
