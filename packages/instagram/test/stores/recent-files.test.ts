import { mock } from 'node:test'
import t from 'tap'
import type { FileRecord } from '../../src/domain/file.ts'
import type { FilesStore } from '../../src/stores/files.ts'
import { withRecentFiles } from '../../src/stores/recent-files.ts'

/** A table in memory that counts its reads, and answers them when it is told to. */
function table () {
  const rows = new Map<string, FileRecord>([['a', { handle: 'a', filename: 'first' } as FileRecord]])
  const state = { reads: 0, gate: Promise.resolve() }
  const store = {
    async find (handle: string) {
      state.reads += 1
      const found = rows.get(handle)
      await state.gate
      return found
    },
    async replace (_before: FileRecord, after: FileRecord) { rows.set(after.handle, after) },
    async remove (handle: string) { rows.delete(handle) },
    async removeOf () { rows.clear() }
  } as unknown as FilesStore
  return { store: withRecentFiles(store), state }
}

const event = undefined as never
const changed = { handle: 'a', filename: 'second' } as FileRecord

t.test('asks the table once for what is asked for again', async t => {
  const { store, state } = table()
  for (let time = 0; time < 5; time++) t.equal((await store.findRecent('a'))?.filename, 'first')
  t.equal(state.reads, 1)
})

t.test('a change through the store is seen at once', async t => {
  const { store } = table()
  await store.findRecent('a')
  await store.replace(changed, changed, event, event)
  t.equal((await store.findRecent('a'))?.filename, 'second')
  await store.remove('a', event)
  t.equal(await store.findRecent('a'), undefined)
})

t.test('removing an account\'s files is seen at once', async t => {
  const { store } = table()
  await store.findRecent('a')
  await store.removeOf({ appKey: 'x', accountId: '1' }, 10)
  t.equal(await store.findRecent('a'), undefined)
})

t.test('a row that was read before a change and comes after it is not remembered', async t => {
  const { store, state } = table()
  const gate = Promise.withResolvers<void>()
  state.gate = gate.promise
  const old = store.findRecent('a')
  await store.replace(changed, changed, event, event)
  gate.resolve()
  t.equal((await old)?.filename, 'first')
  t.equal((await store.findRecent('a'))?.filename, 'second')
})

t.test('what is not there is asked for anew each time', async t => {
  const { store, state } = table()
  await store.findRecent('b')
  await store.findRecent('b')
  t.equal(state.reads, 2)
})

t.test('a row is believed for a second, and then looked at again', async t => {
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => mock.timers.reset())
  const { store, state } = table()
  for (const [afterMs, reads] of [[0, 1], [999, 1], [1, 2], [999, 2], [1, 3]] as const) {
    mock.timers.tick(afterMs)
    await store.findRecent('a')
    t.equal(state.reads, reads)
  }
})
