import t from 'tap'
import type { DialogConfig } from '../../../src/dialog/config.ts'
import { reasonAgainst } from '../../../src/dialog/app/gallery/selectable.ts'
import type { MediaListItem } from '../../../src/domain/media.ts'
import { messages } from '../../../src/dialog/app/text/en.ts'

const config: DialogConfig = { id: '1', key: 'k', base: '', origins: [], language: 'en', container: 'modal', offersInstagram: true, opensInstagram: true, multiple: false, hide: false, mimetypes: ['image/*'] }
const photo: MediaListItem = { id: '1', kind: 'image', filename: '1.jpg', mimetype: 'image/jpeg', thumbnail: '/t' }
const reason = (item: Partial<MediaListItem>, changes: Partial<DialogConfig> = {}) => reasonAgainst({ ...photo, ...item }, { ...config, ...changes }, messages)

t.test('photos of a wanted type can be chosen', async t => {
  for (const wished of ['image/*', '*/*', 'image/jpeg', 'image/jpg', 'IMAGE/JPEG']) t.equal(reason({}, { mimetypes: [wished] }), undefined, wished)
})

t.test('a video says that only photos can be chosen', async t => {
  t.equal(reason({ kind: 'video', mimetype: 'video/mp4' }, { mimetypes: ['*/*'] }), messages.videoReason)
})

t.test('a photo of another type says so', async t => {
  t.equal(reason({}, { mimetypes: ['image/png'] }), messages.typeReason)
  t.equal(reason({}, { mimetypes: ['application/pdf'] }), messages.typeReason)
})

t.test('extensions stand in for types; a JPEG has three of them', async t => {
  t.equal(reason({}, { extensions: ['.jpeg'] }), undefined)
  t.equal(reason({}, { extensions: ['.png'] }), messages.typeReason)
})

t.test('a photo that Instagram does not hand out says so; a group can always be opened', async t => {
  const { thumbnail: _, ...bare } = photo
  t.equal(reasonAgainst(bare, config, messages), messages.missingReason)
  t.equal(reason({ kind: 'carousel' }, { mimetypes: ['image/png'] }), undefined)
})
