import Fastify from 'fastify'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { BASIC, get, graphUrl, postForm, read, start, type Answer, type Fields } from '../harness.ts'
import type { InstagramEmulator, StartOptions } from '../../../src/emulator/index.ts'

const ACCOUNT = 'quiet.studio'
const DAY = 86_400_000

t.setTimeout(300_000)

async function jpeg (width: number, height: number): Promise<Buffer> {
  return await sharp({ create: { width, height, channels: 3, background: '#a86' } }).jpeg().toBuffer()
}

const square = await jpeg(1080, 1080)
const files: Record<string, Buffer> = {
  'square.jpg': square,
  'wide.jpg': await jpeg(1440, 800),
  'tall.jpg': await jpeg(600, 1000),
  'fitting.jpg': await jpeg(320, 320),
  'small.jpg': await jpeg(200, 200),
  'huge.jpg': await jpeg(2000, 2000),
  'picture.png': await sharp(square).png().toBuffer(),
  'text.jpg': Buffer.from('<p>no image</p>'),
  'heavy.jpg': Buffer.concat([square, Buffer.alloc(8 * 1024 * 1024)])
}

/** An emulator, and beside it a server that has images by name. */
async function studio (t: Test, options: StartOptions = {}) {
  const emulator = await start(t, options)
  const server = Fastify()
  server.get('/:name', async (request, reply) => {
    const file = files[(request.params as { name: string }).name]
    return file === undefined ? reply.code(404).send('none') : reply.type('image/jpeg').send(file)
  })
  const base = await server.listen({ port: 0, host: '127.0.0.1' })
  t.teardown(() => server.close())
  const token = emulator.control.mintToken(ACCOUNT)
  const post = async (path: string, fields: Fields): Promise<Answer> => await postForm(graphUrl(emulator, path), new URLSearchParams({ access_token: token, ...fields }))
  return {
    emulator,
    image: (name: string) => `${base}/${name}`,
    create: async (name: string, fields: Fields = {}) => await post('/me/media', { image_url: `${base}/${name}`, ...fields }),
    post,
    publish: async (creationId: string) => await post('/me/media_publish', { creation_id: creationId }),
    status: async (id: string) => (await read(emulator, `/${id}`, { fields: 'status_code,status' }, ACCOUNT)).json
  }
}

async function list (emulator: InstagramEmulator) {
  return (await read(emulator, '/me/media', { fields: 'id,caption,alt_text,media_type,media_url,permalink,children{media_url,alt_text}' }, ACCOUNT)).json.data
}

t.test('a container of an image is published and is first in the list, with its permalink', async t => {
  const { emulator, create, publish, status } = await studio(t)
  const container = (await create('square.jpg', { caption: 'Hello #one', alt_text: 'A square' })).json.id
  t.match(await status(container), { status_code: 'FINISHED', status: 'Finished: Media has been uploaded and it is ready to be published.', id: container })
  const { json } = await publish(container)
  const [first] = await list(emulator)
  t.match(first, { id: json.id, caption: 'Hello #one', alt_text: 'A square', media_type: 'IMAGE', permalink: /^https:\/\/www\.instagram\.com\/p\// })
  t.ok(Buffer.from(await (await fetch(first?.media_url ?? '')).arrayBuffer()).equals(square))
  t.equal((await status(container)).status_code, 'PUBLISHED')
})

t.test('parameters may come as query, form or JSON', async t => {
  const { emulator, image } = await studio(t)
  const token = emulator.control.mintToken(ACCOUNT)
  const asQuery = await fetch(graphUrl(emulator, '/me/media', { access_token: token, image_url: image('square.jpg') }), { method: 'POST' })
  const asJson = await fetch(graphUrl(emulator, '/me/media'), { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ image_url: image('square.jpg'), is_carousel_item: true }) })
  t.strictSame([asQuery.status, asJson.status], [200, 200])
})

for (const [name, file, fields, code, subcode] of [
  ['an address that answers 404', 'missing.jpg', {}, 9004, 2207052],
  ['more than 8 MiB', 'heavy.jpg', {}, 36000, 2207004],
  ['a PNG', 'picture.png', {}, 36001, 2207005],
  ['text', 'text.jpg', {}, 36001, 2207005],
  ['a ratio below 4:5', 'tall.jpg', {}, 36003, 2207009],
  ['a caption of 2,201 characters', 'square.jpg', { caption: 'a'.repeat(2201) }, 36004, 2207010],
  ['31 hashtags', 'square.jpg', { caption: '#tag '.repeat(31) }, 100, 2207040],
  ['21 mentions', 'square.jpg', { caption: '@who '.repeat(21) }, 100, 2207040],
  ['an alternative text of 1,001 characters', 'square.jpg', { alt_text: 'a'.repeat(1001) }, 100, undefined],
  ['a tag without coordinates', 'square.jpg', { user_tags: '[{"username":"a"}]' }, 100, 2207037],
  ['tags that are no JSON', 'square.jpg', { user_tags: 'a' }, 100, 2207037],
  ['an unknown media type', 'square.jpg', { media_type: 'POEM' }, 100, 2207023],
  ['a video', 'square.jpg', { media_type: 'REELS' }, 352, 2207026],
  ['an address outside this machine', 'square.jpg', { image_url: 'https://example.com/a.jpg' }, 9004, 2207052]
] as const) {
  t.test(`${name} is refused with ${code}/${subcode ?? 'no subcode'}`, async t => {
    const { create } = await studio(t)
    const { status, json } = await create(file, fields)
    t.strictSame([status, json.error.code, json.error.error_subcode], [400, code, subcode])
  })
}

t.test('a valid tag and a ratio at the edge are accepted', async t => {
  const { create } = await studio(t)
  t.equal((await create('square.jpg', { user_tags: '[{"username":"a","x":0.5,"y":0.8}]' })).status, 200)
  t.equal((await create('wide.jpg')).status, 200)
})

t.test('narrow images are scaled up to 320 pixels, wide ones down to 1440', async t => {
  const { emulator, create, publish } = await studio(t)
  for (const [name, width] of [['small.jpg', 320], ['huge.jpg', 1440]] as const) {
    await publish((await create(name)).json.id)
    const [first] = await list(emulator)
    t.equal((await sharp(await (await fetch(first?.media_url ?? '')).arrayBuffer()).metadata()).width, width)
  }
})

t.test('the message for the person comes in the person’s language, the code stays', async t => {
  const messages = []
  for (const userMessages of ['en', 'de', 'ja'] as const) {
    const { create } = await studio(t, { switches: { userMessages } })
    const { error } = (await create('heavy.jpg')).json
    t.equal(error.code, 36000)
    messages.push(error.error_user_msg)
  }
  t.equal(messages[0], 'The image is too large to download. It should be less than 8 MiB.')
  t.equal(new Set(messages).size, 3)
})

t.test('a container that is not finished is not published', async t => {
  const { emulator, create, publish, status } = await studio(t, { containerDelayMs: 60_000 })
  const container = (await create('square.jpg')).json.id
  t.equal((await status(container)).status_code, 'IN_PROGRESS')
  t.match((await publish(container)).json.error, { code: 9007, error_subcode: 2207027 })
  emulator.control.clock.advance(60_000)
  t.equal((await publish(container)).status, 200)
})

t.test('a container expires after 24 hours', async t => {
  const { emulator, create, publish, status } = await studio(t)
  const container = (await create('square.jpg')).json.id
  emulator.control.clock.advance(DAY)
  t.equal((await status(container)).status_code, 'EXPIRED')
  t.match((await publish(container)).json.error, { code: 24, error_subcode: 2207008 })
})

t.test('a container may end in an error whose subcode is in the status text', async t => {
  const { emulator, create, status } = await studio(t)
  const container = (await create('square.jpg')).json.id
  emulator.control.failContainer(container, 2207026)
  t.match(await status(container), { status_code: 'ERROR', status: 'Error: Media upload has failed with error code 2207026' })
})

t.test('an unknown container, another account’s and one published before are 24/2207008', async t => {
  const { emulator, create, publish } = await studio(t)
  const container = (await create('square.jpg')).json.id
  const other = new URLSearchParams({ access_token: emulator.control.mintToken('harbour.and.hill'), creation_id: container })
  t.match((await publish('17800000000000000')).json.error, { code: 24, error_subcode: 2207008 })
  t.match((await postForm(graphUrl(emulator, '/me/media_publish'), other)).json.error, { code: 24, error_subcode: 2207008 })
  await publish(container)
  t.match((await publish(container)).json.error, { code: 24, error_subcode: 2207008 })
})

t.test('a container cannot be read by another account', async t => {
  const { emulator, create } = await studio(t)
  t.match((await read(emulator, `/${(await create('square.jpg')).json.id}`)).json.error, { code: 100, error_subcode: 33 })
})

t.test('a carousel shows its items in order, cropped like the first, and counts once', async t => {
  const { emulator, create, post, publish } = await studio(t)
  const items = []
  for (const [name, altText] of [['square.jpg', 'one'], ['wide.jpg', 'two']] as const) items.push((await create(name, { is_carousel_item: 'true', alt_text: altText })).json.id)
  const carousel = (await post('/me/media', { media_type: 'CAROUSEL', children: items.join(','), caption: 'Both' })).json.id
  t.equal((await publish(carousel)).status, 200)
  const [first] = await list(emulator)
  t.match(first, { media_type: 'CAROUSEL_ALBUM', caption: 'Both', children: { data: [{ alt_text: 'one' }, { alt_text: 'two' }] } })
  const second = await sharp(await (await fetch(first?.children.data[1]?.media_url ?? '')).arrayBuffer()).metadata()
  t.equal(second.width, second.height)
  t.match((await read(emulator, '/me/content_publishing_limit', { fields: 'quota_usage' }, ACCOUNT)).json.data[0], { quota_usage: 1 })
})

t.test('a carousel wants 2 to 10 items', async t => {
  const { create, post } = await studio(t)
  const one = (await create('square.jpg', { is_carousel_item: 'true' })).json.id
  for (const count of [1, 11]) {
    t.match((await post('/me/media', { media_type: 'CAROUSEL', children: Array(count).fill(one).join(',') })).json.error, { code: 100, error_subcode: 2207028 })
  }
  t.equal((await post('/me/media', { media_type: 'CAROUSEL', children: JSON.stringify([one, one]) })).status, 200)
})

t.test('a carousel wants items that were created as such, and an item is not published alone', async t => {
  const { create, post, publish } = await studio(t)
  const [plain, item] = [(await create('square.jpg')).json.id, (await create('square.jpg', { is_carousel_item: 'true' })).json.id]
  t.equal((await post('/me/media', { media_type: 'CAROUSEL', children: `${plain},${item}` })).json.error.code, 100)
  t.equal((await publish(item)).json.error.code, 24)
})

t.test('the quota of 24 hours ends with 9/2207042 and comes back', async t => {
  const { emulator, create, publish } = await studio(t, { accounts: [{ username: ACCOUNT, quotaTotal: 1 }] })
  await publish((await create('square.jpg')).json.id)
  t.match((await publish((await create('square.jpg')).json.id)).json.error, { code: 9, error_subcode: 2207042 })
  emulator.control.clock.advance(DAY + 1000)
  t.equal((await publish((await create('square.jpg')).json.id)).status, 200)
})

t.test('an account may make 400 containers in 24 hours', async t => {
  const { create } = await studio(t)
  for (let count = 0; count < 400; count += 50) await Promise.all(Array.from({ length: 50 }, async () => await create('fitting.jpg')))
  t.match((await create('fitting.jpg')).json.error, { code: 9, error_subcode: 2207042 })
})

t.test('content_publishing_limit tells usage and quota, also since a moment', async t => {
  const { emulator, create, publish } = await studio(t, { accounts: [{ username: ACCOUNT, quotaTotal: 50 }] })
  const limit = async (query: Fields = {}) => (await read(emulator, '/me/content_publishing_limit', { fields: 'config,quota_usage', ...query }, ACCOUNT)).json.data
  await publish((await create('square.jpg')).json.id)
  t.strictSame(await limit(), [{ quota_usage: 1, config: { quota_total: 50, quota_duration: 86400 } }])
  emulator.control.clock.advance(7_200_000)
  t.match(await limit({ since: String(Math.floor(emulator.control.clock.now() / 1000) - 3600) }), [{ quota_usage: 0 }])
})

t.test('publishing without its scope is error 10', async t => {
  const { emulator, image } = await studio(t)
  const token = emulator.control.mintToken(ACCOUNT, { scopes: [BASIC] })
  for (const [path, fields] of [['/me/media', { image_url: image('square.jpg') }], ['/me/media_publish', { creation_id: '1' }]] as const) {
    t.match((await postForm(graphUrl(emulator, path), new URLSearchParams({ access_token: token, ...fields }))).json.error, { code: 10, message: '(#10) Application does not have permission for this action' })
  }
  t.equal((await get(graphUrl(emulator, '/me/content_publishing_limit', { access_token: token }))).json.error.code, 10)
})

t.test('a story is published but not listed', async t => {
  const { emulator, create, publish } = await studio(t)
  const { json } = await publish((await create('square.jpg', { media_type: 'STORIES' })).json.id)
  t.strictSame(await list(emulator), [])
  t.equal((await read(emulator, `/${json.id}`, {}, ACCOUNT)).status, 200)
})
