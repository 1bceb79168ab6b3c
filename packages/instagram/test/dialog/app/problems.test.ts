import t from 'tap'
import { ApiError } from '../../../src/dialog/app/api.ts'
import { isOfConnection, problemOf, problemOfCode, remedyOf } from '../../../src/dialog/app/problems.ts'

t.test('a code of the server becomes a problem that people understand', async t => {
  t.same(problemOf(new ApiError('INSTAGRAM_LIMIT_REACHED', '', 30)), { name: 'limit', retryAfterSeconds: 30 })
  t.equal(problemOfCode('INSTAGRAM_RECONNECT_REQUIRED').name, 'expired')
  t.equal(problemOfCode('NEVER_HEARD_OF').name, 'unknown')
  t.equal(problemOf(new TypeError('a fault')).name, 'unknown')
})

t.test('each has one next step', async t => {
  t.equal(remedyOf({ name: 'expired' }), 'signIn')
  t.equal(remedyOf({ name: 'offline' }), 'retry')
  t.equal(remedyOf({ name: 'unknownApp' }), 'close')
  t.equal(remedyOf({ name: 'tooLarge' }), 'chooseOther')
})

t.test('an account that cannot be used has to be left before another one can be connected; an ended sign-in has not', async t => {
  t.ok(isOfConnection({ name: 'empty' }))
  t.ok(isOfConnection({ name: 'permission' }))
  t.notOk(isOfConnection({ name: 'expired' }))
})
