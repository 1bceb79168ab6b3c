import t from 'tap'
import { safeFilename, storageKey, withExtension } from '../../src/domain/storage-key.ts'

t.test('a key is <20 random characters>_<filename>', async t => {
  t.match(storageKey('1579337399020824.jpg'), /^[A-Za-z0-9_-]{20}_1579337399020824\.jpg$/)
  t.not(storageKey('a.jpg'), storageKey('a.jpg'))
})

t.test('a path that ends in a slash is a folder in which the usual key is made', async t => {
  t.match(storageKey('a.jpg', '/albums/2026/'), /^albums\/2026\/[A-Za-z0-9_-]{20}_a\.jpg$/)
})

t.test('any other path is the key itself, without its leading slash', async t => {
  t.equal(storageKey('a.jpg', '/myfiles/1234.png'), 'myfiles/1234.png')
})

t.test('attack: path traversal in a path gives no key', async t => {
  for (const path of ['../a', 'a/../../b', '/..', 'a/./b', 'a//b', '..\\a', 'a\\..\\b', 'a/..', './', '../', 'a\u0000b', 'a\nb', 'x'.repeat(901), `${'y'.repeat(256)}/a`]) {
    t.equal(storageKey('a.jpg', path), undefined, JSON.stringify(path.slice(0, 20)))
  }
})

t.test('attack: path traversal in a file name is taken apart', async t => {
  t.equal(safeFilename('../../etc/passwd'), '_.._etc_passwd')
  t.equal(safeFilename('..\\..\\boot.ini'), '_.._boot.ini')
  t.equal(safeFilename('/'), '_')
  for (const name of ['..', '.', '', '   ', '\u0000', '...']) t.equal(safeFilename(name), 'file', JSON.stringify(name))
})

t.test('attack: CRLF in a file name is dropped', async t => {
  t.equal(safeFilename('a.jpg\r\nSet-Cookie: session=1'), 'a.jpgSet-Cookie_ session=1')
})

t.test('marks that turn the reading direction are dropped, so that photo_gpj.exe shows as what it is', async t => {
  t.equal(safeFilename('photo_\u202egpj.exe'), 'photo_gpj.exe')
})

t.test('names in any script stay as they are', async t => {
  for (const name of ['Café.jpg', '写真.png', 'صورة.webp', '👩‍👩‍👧.gif']) t.equal(safeFilename(name), name.normalize('NFC'))
})

t.test('long names are cut in front of the extension, between characters', async t => {
  const cut = safeFilename(`${'写'.repeat(200)}.jpeg`)
  t.ok(Buffer.byteLength(cut) <= 180)
  t.match(cut, /^写+\.jpeg$/)
  t.equal(safeFilename('a'.repeat(300)), 'a'.repeat(180))
  t.equal(safeFilename(`a.${'b'.repeat(300)}`).length, 180)
})

t.test('an extension is replaced or added', async t => {
  t.equal(withExtension('17.jpg', 'webp'), '17.webp')
  t.equal(withExtension('17', 'webp'), '17.webp')
  t.equal(withExtension('.hidden', 'png'), '.hidden.png')
})
