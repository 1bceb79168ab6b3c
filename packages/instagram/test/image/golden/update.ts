// Writes the golden sheets anew: node --conditions=contactsheet-source packages/instagram/test/image/golden/update.ts
// Look at each of them before they are committed.
import sharp from 'sharp'
import { goldenPath, paintSheet, PHOTOS } from './sheet.ts'

for (const photo of PHOTOS) await sharp(await paintSheet(photo)).webp({ quality: 94, effort: 6, smartSubsample: true }).toFile(goldenPath(photo))
