import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createReadStream } from 'node:fs'
import { readdir, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import sharp from 'sharp'
import type { Test } from 'tap'
import { parseConversion } from '../../src/domain/conversion/parse.ts'
import type { ConversionJob, Converted, Converter } from '../../src/domain/ports.ts'
import { ContactsheetError } from '../../src/errors.ts'
import type { ConversionOptions } from '../../src/image/open-converter.ts'
import { asFile, folder, jpeg } from './pictures.ts'

export type OpenConverter = (t: Test, options?: ConversionOptions, cacheDirectory?: string) => Converter

let serial = 0

/** Converts bytes that no other test has. */
export async function convertBytes (t: Test, converter: Converter, bytes: Buffer, parameters: Record<string, unknown>, job: Partial<ConversionJob> = {}): Promise<Converted> {
  return await converter.convert({
    contentKey: `test:${++serial}`,
    path: await asFile(t, bytes),
    open: async () => { throw new Error('the file is there') },
    plan: parseConversion(parameters),
    ...job
  })
}

/** What every converter does, wherever its work runs. */
export async function converterSuite (t: Test, open: OpenConverter): Promise<void> {
  await t.test('makes the asked picture and says its size and kind', async t => {
    const { bytes, ...rest } = await convertBytes(t, open(t), await jpeg(300, 200), { w: 150, format: 'webp' })
    t.match(rest, { mimetype: 'image/webp', widthPx: 150, heightPx: 100, outcome: 'converted' })
    t.match(await sharp(bytes).metadata(), { format: 'webp', width: 150, height: 100 })
  })

  await t.test('answers the same question from memory, with the same bytes and tag', async t => {
    const converter = open(t)
    const first = await convertBytes(t, converter, await jpeg(), { w: 50 }, { contentKey: 'a' })
    const second = await convertBytes(t, converter, await jpeg(), { width: '50' }, { contentKey: 'a' })
    t.strictSame(second, { ...first, outcome: 'memory' })
    t.equal(converter.etag({ contentKey: 'a', plan: parseConversion({ w: 50 }) }), first.etag)
  })

  await t.test('does the same work once for all who ask at the same time', async t => {
    const converter = open(t)
    const bytes = await jpeg(900, 600)
    const answers = await Promise.all(Array.from({ length: 20 }, async () => await convertBytes(t, converter, bytes, { w: 333 }, { contentKey: 'b' })))
    t.equal(answers.filter(({ outcome }) => outcome === 'converted').length, 1)
    t.equal(answers.filter(({ outcome }) => outcome === 'joined').length, 19)
  })

  await t.test('who knows the tag of what is being made waits for it; for what nobody makes there is nothing to wait for', async t => {
    const converter = open(t)
    const job = { contentKey: 'tagged', plan: parseConversion({ w: 77 }), path: await asFile(t, await jpeg()), open: async () => { throw new Error('the file is there') } }
    const etag = converter.etag(job)
    const stays = (): AbortSignal => new AbortController().signal
    t.equal(converter.join(etag, stays), undefined)
    const making = converter.convert(job)
    const joined = converter.join(etag, stays)
    const left = converter.join(etag, () => AbortSignal.abort(new Error('left')))
    await t.rejects(async () => { await left }, { message: 'left' })
    t.match(await joined, { ...await making, outcome: 'joined' })
    t.match(converter.metrics().outcomes, { converted: 1, joined: 1, left: 1 })
    t.equal(converter.join(etag, stays), undefined)
  })

  await t.test('fetches a source that is not on the disk once for two sizes', async t => {
    const converter = open(t)
    const path = await asFile(t, await jpeg())
    let fetched = 0
    const job = { contentKey: 'c', path: undefined, open: async (): Promise<Readable> => { fetched++; return createReadStream(path) } }
    await convertBytes(t, converter, Buffer.alloc(0), { w: 40 }, job)
    const { widthPx } = await convertBytes(t, converter, Buffer.alloc(0), { w: 60 }, job)
    t.equal(widthPx, 60)
    t.equal(fetched, 1)
  })

  await t.test('refuses what is no picture with 415, what is damaged with 422, and says when the source is gone', async t => {
    const converter = open(t)
    await t.rejects(convertBytes(t, converter, Buffer.from('hello'), { w: 10 }), { code: 'IMAGE_UNSUPPORTED', statusCode: 415 })
    await t.rejects(convertBytes(t, converter, (await jpeg()).subarray(0, 700), { w: 10 }), { code: 'IMAGE_UNREADABLE', statusCode: 422 })
    await t.rejects(convertBytes(t, converter, Buffer.alloc(0), { w: 10 }, { path: '/nowhere/at/all.jpg' }), { code: 'SOURCE_GONE', statusCode: 404 })
    const unreachable = async (): Promise<Readable> => { throw new ContactsheetError('SOURCE_UNAVAILABLE', 'no answer') }
    await t.rejects(convertBytes(t, converter, Buffer.alloc(0), { w: 10 }, { path: undefined, open: unreachable }), { code: 'SOURCE_UNAVAILABLE' })
  })

  await t.test('a refusal is not remembered', async t => {
    const converter = open(t)
    await t.rejects(convertBytes(t, converter, Buffer.from('hello'), { w: 10 }, { contentKey: 'd' }), { code: 'IMAGE_UNSUPPORTED' })
    t.equal((await convertBytes(t, converter, await jpeg(), { w: 10 }, { contentKey: 'd' })).outcome, 'converted')
  })

  await t.test('at the deadline it answers 504, and serves the next one', async t => {
    const converter = open(t, { limits: { deadlineMs: 400 } })
    const work = { w: 3_000, h: 3_000, fit: 'scale', format: 'avif', compress: true }
    await t.rejects(convertBytes(t, converter, await jpeg(), work), { code: 'CONVERSION_TIMED_OUT', statusCode: 504 })
  })

  await t.test('more than may wait gets 503 with a time to come back, and all who may are served', async t => {
    const converter = open(t, { maxWaiting: 4 })
    const bytes = await jpeg(900, 900)
    const answers = await Promise.allSettled(Array.from({ length: 30 }, async (_, at) => await convertBytes(t, converter, bytes, { w: 500 + at })))
    const refused = answers.filter(({ status }) => status === 'rejected')
    t.ok(refused.length > 0)
    t.ok(answers.length - refused.length >= 5)
    for (const answer of refused) t.match(answer, { reason: { code: 'CONVERSION_BUSY', statusCode: 503, headers: { 'retry-after': /^\d+$/ } } })
  })

  await t.test('a thousand distinct sizes at once are all answered or refused, and the next request is served', async t => {
    const converter = open(t)
    const path = await asFile(t, await jpeg(400, 300))
    const plans = Array.from({ length: 1_000 }, (_, at) => parseConversion({ w: 1 + at % 100, h: 1 + Math.floor(at / 100), fit: 'scale' }))
    const source = { contentKey: 'thousand', path, open: async (): Promise<Readable> => createReadStream(path) }
    const answers = await Promise.allSettled(plans.map(async plan => await converter.convert({ ...source, plan })))
    const codes = new Set(answers.map(answer => answer.status === 'fulfilled' ? 'answered' : (answer.reason as ContactsheetError).code))
    t.strictSame([...codes].sort(), ['CONVERSION_BUSY', 'answered'])
    t.equal((await convertBytes(t, converter, await jpeg(), { w: 77 })).widthPx, 77)
  })

  await t.test('results survive a restart when they have a folder, and half a file is not taken for one', async t => {
    const cacheDirectory = folder(t)
    const first = open(t, {}, cacheDirectory)
    const { bytes } = await convertBytes(t, first, await jpeg(), { w: 70 }, { contentKey: 'e' })
    await convertBytes(t, first, await jpeg(), { w: 71 }, { contentKey: 'e' })
    await first.close()
    const [cut] = (await listFiles(cacheDirectory)).slice(-1)
    const second = open(t, {}, cacheDirectory)
    const again = await Promise.all([70, 71].map(async w => await convertBytes(t, second, await jpeg(), { w }, { contentKey: 'e' })))
    t.strictSame(again.map(({ outcome }) => outcome), ['disk', 'disk'])
    t.strictSame(again[0]?.bytes, bytes)
    await second.close()
    await truncate(cut ?? '', 100)
    const third = open(t, {}, cacheDirectory)
    const last = await Promise.all([70, 71].map(async w => await convertBytes(t, third, await jpeg(), { w }, { contentKey: 'e' })))
    t.strictSame(last.map(({ outcome }) => outcome).sort(), ['converted', 'disk'])
  })

  await t.test('forgetting a source drops its results from memory and disk, and those of no other', async t => {
    const converter = open(t)
    const ask = async (contentKey: string): Promise<string> => (await convertBytes(t, converter, await jpeg(), { w: 30 }, { contentKey })).outcome
    for (const key of ['instagram:a:1:m', 'instagram:a:2:m']) await ask(key)
    await converter.forget('instagram:a:1:')
    t.equal(await ask('instagram:a:1:m'), 'converted')
    t.equal(await ask('instagram:a:2:m'), 'memory')
  })

  await t.test('what is being made of a source that is forgotten is answered and not kept', async t => {
    const converter = open(t)
    const under = convertBytes(t, converter, await jpeg(900, 900), { w: 800 }, { contentKey: 'secret' })
    await until(() => converter.metrics().running > 0)
    await converter.forget('secret')
    t.equal((await under).outcome, 'converted')
    t.equal((await convertBytes(t, converter, await jpeg(900, 900), { w: 800 }, { contentKey: 'secret' })).outcome, 'converted')
  })

  await t.test('a client that leaves while the source is fetched ends the fetch', async t => {
    const converter = open(t)
    const leaving = new AbortController()
    const fetching = Promise.withResolvers<AbortSignal>()
    const never = async (signal: AbortSignal): Promise<Readable> => {
      fetching.resolve(signal)
      return await new Promise((_resolve, reject) => { signal.addEventListener('abort', () => reject(signal.reason)) })
    }
    const left = t.rejects(convertBytes(t, converter, Buffer.alloc(0), { w: 10 }, { path: undefined, open: never, signal: leaving.signal }), { name: 'AbortError' })
    const signal = await fetching.promise
    leaving.abort()
    await left
    await until(() => signal.aborted)
    t.match(converter.metrics(), { running: 0, waiting: 0, outcomes: { left: 1 } })
  })

  await t.test('a client that leaves the queue frees its place, and one of two who leaves takes nothing from the other', async t => {
    const converter = open(t)
    const slow = await jpeg(1_200, 1_200)
    const busy = [1, 2, 3].map(async at => await convertBytes(t, converter, slow, { w: 1_000 + at, blur: 15 }))
    await until(() => converter.metrics().running > 0)
    const leaving = new AbortController()
    const ask = async (signal?: AbortSignal): Promise<Converted> => await convertBytes(t, converter, slow, { w: 33 }, { contentKey: 'queue', signal })
    const alone = t.rejects(convertBytes(t, converter, slow, { w: 34 }, { contentKey: 'queue', signal: leaving.signal }), { name: 'AbortError' })
    const left = t.rejects(ask(leaving.signal), { name: 'AbortError' })
    const stayed = ask()
    leaving.abort()
    await Promise.all([alone, left])
    t.equal((await stayed).widthPx, 33)
    await Promise.all(busy)
    t.match(converter.metrics(), { running: 0, waiting: 0, outcomes: { left: 2 } })
  })

  await t.test('who asks for what the last client has just left gets it all the same', async t => {
    const converter = open(t)
    const bytes = await jpeg(1_000, 1_000)
    const leaving = new AbortController()
    const ask = async (signal?: AbortSignal): Promise<Converted> => await convertBytes(t, converter, bytes, { w: 900 }, { contentKey: 'left', signal })
    const left = t.rejects(ask(leaving.signal), { name: 'AbortError' })
    await until(() => converter.metrics().running > 0)
    leaving.abort()
    const [, { widthPx }] = await Promise.all([left, ask()])
    t.equal(widthPx, 900)
  })

  await t.test('what is made of a source that is forgotten is not kept, even when its last client has left', async t => {
    const converter = open(t)
    const leaving = new AbortController()
    const ask = async (signal?: AbortSignal): Promise<Converted> => await convertBytes(t, converter, await jpeg(1_000, 1_000), { w: 900 }, { contentKey: 'secret', signal })
    const left = t.rejects(ask(leaving.signal), { name: 'AbortError' })
    await until(() => converter.metrics().running > 0)
    leaving.abort()
    await converter.forget('secret')
    await left
    await until(() => converter.metrics().running === 0)
    t.equal((await ask()).outcome, 'converted')
  })

  await t.test('a client that leaves while its picture is made, or before it asked, disturbs nothing', async t => {
    const converter = open(t)
    const leaving = new AbortController()
    const left = t.rejects(convertBytes(t, converter, await jpeg(1_000, 1_000), { w: 900 }, { contentKey: 'f', signal: leaving.signal }), { name: 'AbortError' })
    await until(() => converter.metrics().running > 0)
    leaving.abort()
    await left
    await t.rejects(convertBytes(t, converter, await jpeg(), { w: 10 }, { signal: leaving.signal }), { name: 'AbortError' })
    t.equal((await convertBytes(t, converter, await jpeg(), { w: 10 })).widthPx, 10)
  })

  await t.test('counts what it does, and publishes it', async t => {
    const converter = open(t)
    const heard: unknown[] = []
    const listen = (message: unknown): void => { heard.push(message) }
    subscribe('contactsheet.instagram.conversion', listen)
    t.teardown(() => unsubscribe('contactsheet.instagram.conversion', listen))
    for (const w of [10, 10, 11]) await convertBytes(t, converter, await jpeg(), { w }, { contentKey: 'g' })
    await t.rejects(convertBytes(t, converter, Buffer.from('x'), { w: 10 }))
    const { outcomes, work, wait, memoryBytes } = converter.metrics()
    t.strictSame(outcomes, { converted: 2, memory: 1, IMAGE_UNSUPPORTED: 1 })
    t.strictSame([work, wait].map(({ counts }) => counts.reduce((sum, count) => sum + count)), [2, 2])
    t.ok(memoryBytes > 0)
    t.match(heard, [{ outcome: 'converted', waitMs: Number, workMs: Number }, { outcome: 'memory' }, { outcome: 'converted' }, { outcome: 'IMAGE_UNSUPPORTED' }])
  })
}

async function listFiles (directory: string): Promise<string[]> {
  return (await readdir(directory, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
}

/** Lets other work go on until something is so. */
async function until (isSo: () => boolean): Promise<void> {
  while (!isSo()) await setImmediate()
}
