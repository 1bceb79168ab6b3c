import t from 'tap'
import { adaptNode, cursorAfter } from '../../src/graph/adapt.ts'

const IMAGE = {
  id: '17895695668004550',
  media_type: 'IMAGE',
  media_url: 'https://scontent-abc1-1.cdninstagram.com/v/1_n.jpg?oe=67E38D3F',
  caption: 'Low tide',
  alt_text: 'A beach',
  permalink: 'https://www.instagram.com/p/abc/',
  timestamp: '2019-09-26T22:36:43+0000'
}
const VIDEO = { id: '2', media_type: 'VIDEO', media_url: 'https://video.cdninstagram.com/2.mp4', thumbnail_url: 'https://scontent.cdninstagram.com/2.jpg' }
const album = (...children: unknown[]) => ({ ...IMAGE, id: '3', media_type: 'CAROUSEL_ALBUM', children: { data: children } })

t.test('a photo is adapted with everything that is known of it', async t => {
  t.same(adaptNode(IMAGE), {
    id: '17895695668004550',
    kind: 'image',
    filename: '17895695668004550.jpg',
    mimetype: 'image/jpeg',
    url: IMAGE.media_url,
    caption: 'Low tide',
    altText: 'A beach',
    permalink: 'https://www.instagram.com/p/abc/',
    takenAt: '2019-09-26T22:36:43.000Z'
  })
})

t.test('a video is shown by its still picture', async t => {
  t.match(adaptNode(VIDEO), { kind: 'video', filename: '2.mp4', mimetype: 'video/mp4', url: VIDEO.thumbnail_url })
})

t.test('a video without a still picture is listed without one', async t => {
  t.notOk(adaptNode({ ...VIDEO, thumbnail_url: undefined })?.url)
})

t.test('an album opens into its photos in post order, without its videos', async t => {
  const item = adaptNode(album({ ...IMAGE, id: '31' }, VIDEO, { ...IMAGE, id: '32' }))
  t.match(item, { kind: 'carousel', id: '3' })
  t.same(item?.children?.map(child => child.id), ['31', '32'])
})

t.test('photos of an album inherit what only the album tells', async t => {
  const item = adaptNode(album({ id: '31', media_type: 'IMAGE', media_url: IMAGE.media_url }))
  t.match(item?.children?.[0], { permalink: IMAGE.permalink, takenAt: '2019-09-26T22:36:43.000Z' })
})

for (const [name, node] of [
  ['a photo without media_url (withheld for copyright)', { ...IMAGE, media_url: undefined }],
  ['an album of videos', album(VIDEO)],
  ['an album without children', { ...album(), children: undefined }],
  ['a node of an unknown media type', { ...IMAGE, media_type: 'HOLOGRAM' }],
  ['a node without id', { ...IMAGE, id: undefined }],
  ['a node whose id is a path', { ...IMAGE, id: '../me' }],
  ['null', null],
  ['a text', 'IMAGE']
] as const) {
  t.test(`${name} is passed over`, async t => {
    t.equal(adaptNode(node), undefined)
  })
}

for (const [field, value] of [
  ['caption', 5], ['caption', ''], ['alt_text', {}], ['permalink', 'javascript:alert(1)'], ['permalink', 7], ['timestamp', 'yesterday'], ['timestamp', 1757000000]
] as const) {
  t.test(`${field} ${JSON.stringify(value)} counts as absent`, async t => {
    const { [field]: _, ...rest } = IMAGE
    t.same(adaptNode({ ...IMAGE, [field]: value }), adaptNode(rest))
  })
}

t.test('a picture address that is no web address counts as absent', async t => {
  t.equal(adaptNode({ ...IMAGE, media_url: 'file:///etc/passwd' }), undefined)
})

t.test('the next page is told by the cursor, when Instagram says that there is one', async t => {
  t.equal(cursorAfter({ cursors: { before: 'a', after: 'b' }, next: 'https://graph.instagram.com/…access_token=IGAA' }), 'b')
})

for (const paging of [undefined, null, {}, { cursors: { after: 'b' } }, { next: 'https://x' }, { next: 'https://x', cursors: { after: 5 } }, { next: 'https://x', cursors: { after: '' } }, { next: 'https://x', cursors: null }, 'text']) {
  t.test(`paging ${JSON.stringify(paging)} is the end of the list`, async t => {
    t.equal(cursorAfter(paging), undefined)
  })
}
