import type { FrameSize } from './develop.ts'
import type { Scene } from './scene.ts'

/** Frames as Instagram keeps them: 4:5, 1:1, 3:4, 3:2, 16:9, 1.91:1 and the larger newer square. */
export const FRAMES = {
  portrait: { widthPx: 1080, heightPx: 1350 },
  square: { widthPx: 1080, heightPx: 1080 },
  tall: { widthPx: 1080, heightPx: 1440 },
  classic: { widthPx: 1440, heightPx: 960 },
  wide: { widthPx: 1440, heightPx: 810 },
  banner: { widthPx: 1440, heightPx: 754 },
  large: { widthPx: 1440, heightPx: 1440 }
} as const satisfies Record<string, FrameSize>
/** Names a frame. */
export type FrameName = keyof typeof FRAMES

/** One photo of the catalogue. The palette (hex colours, space-separated) is as long as its scene wants. */
export interface PhotoEntry {
  scene: Scene
  frame: FrameName
  palette: string
  caption: string
  altText: string
}

/** Entries of one scene, a row each: frame, palette, caption, alternative text. */
export function entriesOf (scene: Scene, rows: ReadonlyArray<readonly [frame: FrameName, palette: string, caption: string, altText: string]>): PhotoEntry[] {
  return rows.map(([frame, palette, caption, altText]) => ({ scene, frame, palette, caption, altText }))
}
