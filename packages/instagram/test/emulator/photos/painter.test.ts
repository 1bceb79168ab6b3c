import t from 'tap'
import { takePhoto } from '../../../src/emulator/photos/catalogue.ts'
import { createPainter } from '../../../src/emulator/photos/painter.ts'

t.test('a thread paints the same bytes as the catalogue', async t => {
  const painter = createPainter()
  t.teardown(painter.close)
  const [one, two, three] = await Promise.all([painter.paint(1), painter.paint(2), painter.paint(1)])
  t.ok(one.equals(await takePhoto(1)))
  t.ok(two.equals(await takePhoto(2)))
  t.ok(three.equals(one))
})

t.test('a photo that cannot be painted is told, and the next one works', async t => {
  const painter = createPainter(1)
  t.teardown(painter.close)
  await t.rejects(painter.paint(-1), { message: 'photo must be a whole number of 0 or more, got -1' })
  t.ok((await painter.paint(3)).length > 0)
})

t.test('closing rejects what is underway', async t => {
  const painter = createPainter(1)
  const underway = t.rejects(painter.paint(4), { message: 'the painting thread ended' })
  await painter.close()
  await underway
})
