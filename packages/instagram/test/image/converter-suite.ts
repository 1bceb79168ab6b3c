import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import sharp from 'sharp'
import type { Test } from 'tap'
import { parseConversion } from '../../src/domain/conversion/parse.ts'
import type { ConversionJob, Converted, Converter } from '../../src/domain/ports.ts'
import type { ConversionOptions } from '../../src/image/open-converter.ts'
import { asFile, jpeg } from './pictures.ts'

export type OpenConverter = (t: Test, options?: ConversionOptions) => Converter

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

  await t.test('refuses what is no picture with 415 and what is damaged with 422', async t => {
    const converter = open(t)
    await t.rejects(convertBytes(t, converter, Buffer.from('hello'), { w: 10 }), { code: 'IMAGE_UNSUPPORTED', statusCode: 415 })
    await t.rejects(convertBytes(t, converter, (await jpeg()).subarray(0, 700), { w: 10 }), { code: 'IMAGE_UNREADABLE', statusCode: 422 })
  })
}
