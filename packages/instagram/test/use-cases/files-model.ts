import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { deleteEvent } from '../../src/domain/file-event.ts'
import { newHandle } from '../../src/domain/handle.ts'
import type { FileRecord } from '../../src/domain/file.ts'
import { overwrite } from '../../src/use-cases/overwrite.ts'
import { pick, pickAndStore } from '../../src/use-cases/pick.ts'
import { store } from '../../src/use-cases/store.ts'
import { ACCOUNT, type FileServicesOfTest } from './in-memory.ts'

/** What the files ought to be: an array of those that were ever made. */
export interface Model {
  made: Array<{ record: FileRecord, bytes: Buffer, isThere: boolean, actions: string[] }>
}

/** The real thing, with the photos that can be picked. */
export interface Real {
  services: FileServicesOfTest
  photos: ReadonlyMap<string, Buffer>
}

type Operation = fc.AsyncCommand<Model, Real>

const TEXT_RULES = { mimetypes: ['*/*'], maxBytes: 1_000_000 }
const LITERAL_PATHS = ['one.txt', 'two/three.txt', 'two/four.txt']

/** Any operation on any of the files, those that are gone too. */
export function operations (photos: ReadonlyMap<string, Buffer>): Array<fc.Arbitrary<Operation>> {
  const mediaId = fc.constantFrom(...photos.keys())
  const which = fc.nat()
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 400 }).map(array => Buffer.from(array))
  return [
    mediaId.map(id => operation(`pick ${id}`, async (model, real) => {
      keep(model, await pick(real.services.picking, pickerOf(real), ACCOUNT, id), bytesOf(real, id))
    })),
    fc.tuple(mediaId, fc.constantFrom(undefined, 'album/')).map(([id, path]) => operation(`pickAndStore ${id}`, async (model, real) => {
      keep(model, await pickAndStore(real.services.picking, pickerOf(real), ACCOUNT, id, { path }), bytesOf(real, id))
    })),
    fc.tuple(bytes, fc.constantFrom(undefined, ...LITERAL_PATHS)).map(([sent, path]) => operation(`store at ${path ?? 'a new key'}`, async (model, real) => { await storeAt(model, real, sent, path) })),
    which.map(index => operation(`read ${index}`, async (model, real) => { await readOne(model, real, index) })),
    fc.tuple(which, fc.nat(399), fc.nat(399)).map(([index, start, length]) => operation(`read a part of ${index}`, async (model, real) => { await readOne(model, real, index, start, length) })),
    fc.tuple(which, bytes).map(([index, sent]) => operation(`overwrite ${index}`, async (model, real) => { await overwriteOne(model, real, index, sent) })),
    which.map(index => operation(`remove ${index}`, async (model, real) => { await removeOne(model, real, index) })),
    fc.constant(operation('list', listAll)),
    fc.constant(operation('sweep', async (_model, { services }) => { equal(await services.sweep.run(), 0, 'nothing is left to sweep') }))
  ]
}

function operation (name: string, run: (model: Model, real: Real) => Promise<void>): Operation {
  return { check: () => true, run, toString: () => name }
}

function keep (model: Model, record: FileRecord, bytes: Buffer): void {
  model.made.push({ record, bytes, isThere: true, actions: ['fp.upload'] })
}

async function storeAt (model: Model, { services }: Real, bytes: Buffer, path: string | undefined): Promise<void> {
  const isTaken = path !== undefined && model.made.some(({ record, isThere }) => isThere && record.source.kind === 'stored' && record.source.key === path)
  const request = { app: services.app, sessionId: undefined, rules: TEXT_RULES, location: 'S3', path }
  const made = await outcome(store(services.picking, request, { body: Readable.from([bytes]), filename: 'a.txt', mimetype: undefined }))
  equal(typeof made === 'string' ? made : 'made', isTaken ? 'KEY_TAKEN' : 'made', `storing at ${path}`)
  if (typeof made !== 'string') keep(model, made, bytes)
}

async function readOne (model: Model, { services }: Real, index: number, start?: number, length = 0): Promise<void> {
  const file = model.made[index % Math.max(1, model.made.length)]
  const handle = file?.record.handle ?? newHandle()
  const found = await outcome(services.files.find(handle))
  equal(typeof found === 'string' ? found : 'found', file?.isThere === true ? 'found' : 'FILE_NOT_FOUND', `finding ${handle}`)
  if (file === undefined || typeof found === 'string') return
  const isPart = start !== undefined && found.source.kind === 'stored' && start < file.bytes.length
  const opened = await services.files.open(found, isPart ? { start, end: start + length } : {})
  const expected = isPart ? file.bytes.subarray(start, start + length + 1) : file.bytes
  equal((await buffer(opened.body)).equals(expected), true, `the bytes of ${handle}`)
  equal(opened.size, expected.length, `the size of ${handle}`)
}

async function overwriteOne (model: Model, { services }: Real, index: number, bytes: Buffer): Promise<void> {
  const file = model.made[index % Math.max(1, model.made.length)]
  if (file?.isThere !== true) return
  const done = await outcome(overwrite(services.saving, file.record, services.files.urlOf, { body: Readable.from([bytes]), filename: '', mimetype: undefined, rules: TEXT_RULES }))
  equal(typeof done === 'string' ? done : 'stored', file.record.source.kind === 'stored' ? 'stored' : 'FILE_NOT_WRITEABLE', `overwriting ${file.record.handle}`)
  if (typeof done === 'string') return
  Object.assign(file, { record: done, bytes })
  file.actions.push('fp.overwrite')
}

async function removeOne (model: Model, { services }: Real, index: number): Promise<void> {
  const file = model.made[index % Math.max(1, model.made.length)]
  const done = await outcome(services.files.remove(file?.record.handle ?? newHandle()))
  equal(done ?? 'removed', file?.isThere === true ? 'removed' : 'FILE_NOT_FOUND', 'removing')
  if (file?.isThere !== true) return
  file.isThere = false
  file.actions.push(deleteEvent('', 0).action)
}

async function listAll (model: Model, { services }: Real): Promise<void> {
  const listed: string[] = []
  for (let after: string | undefined; ;) {
    const page = await services.files.list({ accountId: ACCOUNT.accountId, limit: 7, ...(after === undefined ? {} : { after }) })
    listed.push(...page.items.map(({ handle }) => handle))
    after = page.after
    if (after === undefined) break
  }
  const expected = model.made.filter(({ record, isThere }) => isThere && record.origin !== undefined).map(({ record }) => record.handle).reverse()
  equal(listed.join(), expected.join(), 'the list')
}

function pickerOf ({ services }: Real) {
  return { app: services.app, sessionId: 'a session', rules: { mimetypes: ['image/*'], maxBytes: 1_000_000 } }
}

function bytesOf ({ photos }: Real, id: string): Buffer {
  return photos.get(id) ?? Buffer.alloc(0)
}

/** The result, or the code of the refusal. */
async function outcome<Result> (work: Promise<Result>): Promise<Result | string> {
  try {
    return await work
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === undefined) throw error
    return code
  }
}

function equal (actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: expected ${String(expected)}, got ${String(actual)}`)
}
