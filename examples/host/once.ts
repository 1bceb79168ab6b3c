// The main job without a person: connect, pick, read, store, convert, remove, and hear of each by webhook.
import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { Visitor, type DialogBlob, type MediaListItem } from './browserless.ts'
import type { ReceivedWebhook } from './webhook-log.ts'

type Step = <Result>(name: string, run: () => Promise<{ result: Result, told: string }>) => Promise<Result>

/** The step that failed, in words for the terminal. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed'
}

/** @throws {StepFailed} naming the first step that went wrong */
export async function runMainJob (address: string, print: (line: string) => void): Promise<void> {
  const visitor = new Visitor(address)
  const step: Step = async (name, run) => {
    const { result, told } = await run().catch((cause: unknown) => {
      throw new StepFailed(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    })
    print(`${name.padEnd(10)} ${told}`)
    return result
  }

  await step('connect', async () => {
    const username = await visitor.connect()
    return { result: username, told: `signed in to Instagram as ${username}` }
  })
  const photo = await step('list', async () => {
    const { items } = await visitor.json<{ items: MediaListItem[] }>('/api/client/instagram/media?limit=50')
    const [first] = items.filter(({ kind }) => kind === 'image')
    if (first === undefined) throw new Error('the account shows no photo')
    return { result: first, told: `${items.length} entries on the first page; picking ${first.filename}` }
  })
  const picked = await step('pick', async () => {
    const blob = await visitor.post<DialogBlob>('/api/client/instagram/pick', { mediaId: photo.id })
    return { result: blob, told: JSON.stringify(blob) }
  })
  const original = await step('read', async () => {
    const bytes = await readFile(visitor, picked.url)
    return { result: bytes, told: `${await describe(bytes)}, sha256 ${digest(bytes)}` }
  })
  await step('store', async () => {
    const blob = await visitor.post<DialogBlob>('/api/client/instagram/pick', { mediaId: photo.id, store: { location: 'S3' } })
    if (blob.data.key === undefined) throw new Error('the stored copy has no key')
    const copy = await readFile(visitor, blob.url)
    if (!copy.equals(original)) throw new Error(`the copy differs from what was picked: sha256 ${digest(copy)}`)
    return { result: blob, told: `${JSON.stringify(blob)} holds the same bytes` }
  })
  await step('convert', async () => {
    const form = new URLSearchParams({ width: '400', height: '400', fit: 'crop', storeLocation: 'S3' })
    const converted = await visitor.json<{ url: string }>(`${picked.url}/convert`, { method: 'POST', body: form })
    const bytes = await readFile(visitor, converted.url)
    const { width, height } = await sharp(bytes).metadata()
    if (width !== 400 || height !== 400) throw new Error(`expected 400×400 pixels, got ${width}×${height}`)
    return { result: converted, told: `${JSON.stringify(converted)} is ${await describe(bytes)}` }
  })
  await step('remove', async () => {
    const response = await visitor.fetch(`${picked.url}/remove`, { method: 'POST', body: new URLSearchParams({ key: 'default' }) })
    const text = await response.text()
    if (!response.ok) throw new Error(`answered ${response.status}: ${text}`)
    const { status } = await visitor.fetch(picked.url)
    if (status !== 404) throw new Error(`the picked file still answers ${status}`)
    return { result: text, told: `${text}; the picked file answers ${status} now` }
  })
  for (const [action, about] of [['fp.upload', 'a symlink'], ['fp.upload', 'a stored copy'], ['fp.converse', 'a conversion'], ['fp.delete', 'a removal']] as const) {
    await step('webhook', async () => {
      const webhook = await heard(visitor, action, about === 'a stored copy')
      return { result: webhook, told: `${action} (${about}), id ${webhook.event.id}, verified by ${webhook.scheme}` }
    })
  }
}

async function readFile (visitor: Visitor, url: string): Promise<Buffer> {
  const response = await visitor.fetch(url)
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status}: ${await response.text()}`)
  return Buffer.from(await response.arrayBuffer())
}

function digest (bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function describe (bytes: Buffer): Promise<string> {
  const { width, height, format } = await sharp(bytes).metadata()
  return `${width}×${height} pixels, ${bytes.length} bytes of ${format}`
}

/** Waits until the receiver has verified such a webhook, for at most twenty seconds. */
export async function heard (visitor: Visitor, action: string, isStored: boolean): Promise<ReceivedWebhook> {
  const response = await visitor.fetch('/webhooks', { signal: AbortSignal.timeout(20_000) })
  if (response.body === null) throw new Error('no list of webhooks')
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const webhook = JSON.parse(block.replace(/^data: /, '')) as ReceivedWebhook
      if (webhook.event.action === action && 'key' in webhook.event.text === isStored) return webhook
    }
  }
  throw new Error(`the stream ended before ${action} came`)
}
