import type { FrameName } from './catalogue.ts'
import type { Scene } from './scene.ts'
import { ridges } from './scenes/ridges.ts'
import { sea } from './scenes/sea.ts'

/** One photo of the catalogue. The palette is as long as its scene wants. */
export interface PhotoEntry {
  scene: Scene
  frame: FrameName
  palette: readonly string[]
  caption: string
  altText: string
}

const RIDGES = { scene: ridges, palette: ['#5b7fa8', '#b9c6cf', '#f6d9b4', '#dcd3c9', '#22303a'], altText: 'Mountain ridges fading into haze' }
const SEA = { scene: sea, palette: ['#3d5a80', '#c98f72', '#ffcf8f', '#5d6b78', '#16222c'], altText: 'Low sun over open water' }
const NAMES = ['portrait', 'square', 'classic', 'tall', 'wide', 'large'] as const

export const PHOTOS: readonly PhotoEntry[] = Array.from({ length: 66 }, (_, index) => ({
  ...index % 2 === 0 ? RIDGES : SEA, frame: NAMES[index % NAMES.length] ?? 'square', caption: `Morning ${index + 1}`
}))
