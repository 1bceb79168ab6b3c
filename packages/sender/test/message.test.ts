import t from 'tap'
import { freezeEvent, messageId } from '../src/message.ts'

const name = (event: { action: string, id?: unknown }, given?: string): string => messageId(event, freezeEvent(event), given)

t.test('an event is known by its action and number', async t => {
  t.equal(name({ action: 'fp.upload', id: 105258 }), 'fp_upload_105258')
})

t.test('an event without a number is known by its bytes', async t => {
  t.match(name({ action: 'fp.video_converse' }), /^fp_video_converse_[\w-]{43}$/)
  t.equal(name({ action: 'a' }), name({ action: 'a' }))
  t.not(name({ action: 'a' }), name({ action: 'a', id: { odd: true } }))
})

t.test('a given id wins', async t => {
  t.equal(name({ action: 'fp.upload', id: 1 }, 'my-own_id'), 'my-own_id')
})

for (const id of ['', 'with.stop', 'with space', 'ü', 'x'.repeat(129)]) {
  t.test(`the id ${JSON.stringify(id)} is refused`, async t => {
    t.throws(() => name({ action: 'fp.upload' }, id), { code: 'SENDER_EVENT_INVALID' })
  })
}

for (const event of [undefined, null, 'text', {}, { action: '' }, { action: 5 }]) {
  t.test(`${JSON.stringify(event)} is no event`, async t => {
    t.throws(() => freezeEvent(event as never), { code: 'SENDER_EVENT_INVALID' })
  })
}
