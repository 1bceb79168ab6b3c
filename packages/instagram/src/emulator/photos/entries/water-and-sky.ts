import { entriesOf, type PhotoEntry } from '../entry.ts'
import { clouds } from '../scenes/clouds.ts'
import { aurora, milkyWay, moon } from '../scenes/night.ts'
import { gulls, sailing, watcher } from '../scenes/figures.ts'
import { sea } from '../scenes/sea.ts'
import { pool, shore } from '../scenes/shore.ts'

/** The sea, the shore and what is above. */
export const WATER_AND_SKY: readonly PhotoEntry[][] = [
  entriesOf(sea, [
    ['square', '#3d5a80 #c98f72 #ffcf8f #5d6b78 #16222c', 'Stayed for the whole show', 'Low sun over open water'],
    ['tall', '#473a6b #d07a94 #ffb3a0 #6a5878 #1c1a33', 'Pink, for once without a filter', 'A pink and violet sunset over the sea'],
    ['banner', '#1f4d7a #7fb0c8 #fff0cf #2f6f8c #0d3247', 'Wide open', 'Bright sun above a blue sea']
  ]),
  entriesOf(sailing, [
    ['classic', '#3c6a96 #b9cdd6 #fff1d6 #4f7f96 #143246', 'Wind at last', 'A sailing boat on a calm sea'],
    ['portrait', '#4a3f6b #d98a7a #ffc79a #6d5f7d #201c38', 'Last leg home', 'A sailing boat below an evening sky']
  ]),
  entriesOf(gulls, [
    ['classic', '#5f7488 #b9c3c8 #f3efe2 #7d8f98 #2a3a44', 'Silver morning, ferry at seven', 'Gulls over a silver sea'],
    ['square', '#5b6f9a #e8b0a0 #ffe0c0 #7f86a0 #262c44', 'They want the sandwich.', 'Gulls in a pastel evening sky']
  ]),
  entriesOf(watcher, [
    ['portrait', '#3a3f6e #e0805c #ffc46e #5a4a5c #14101c', 'She said five more minutes. It was an hour.', 'A person watching the sunset over the sea'],
    ['classic', '#2f5a80 #8fb4c8 #ffe8c0 #41708a #0f2030', 'Thinking spot', 'A person on a rise above the sea']
  ]),
  entriesOf(shore, [
    ['portrait', '#e6cfa6 #b39468 #58c4bd #0f6f8f #ffffff', 'The tide line from above', 'Turquoise waves on a beach, seen from above'],
    ['square', '#d8c4b0 #8f7866 #7fa8a4 #2f5a66 #f4f7f6', 'North coast palette', 'Grey-green water meeting pale sand, seen from above'],
    ['classic', '#3a3a3f #222327 #5c8a90 #123c4a #eef4f4', 'Black sand, white foam', 'Foam on a black sand beach, seen from above']
  ]),
  entriesOf(pool, [
    ['square', '#7fd8e0 #1c8db0 #f4ffff', 'Lane four, all mine', 'Sunlight rippling on the floor of a pool'],
    ['portrait', '#8fe0c8 #1f8a7a #f6fff4', 'Noon, green tiles', 'Light patterns in a green pool']
  ]),
  entriesOf(clouds, [
    ['wide', '#2f5a94 #f0b98c #ffe3c0 #8f8aa6', 'Window seat, left side', 'Sun low above a sea of clouds'],
    ['square', '#3a3566 #e8899a #ffd0b8 #6f5f8c', 'Landed twenty minutes late. Fine by me.', 'Pink clouds from above'],
    ['portrait', '#1f6fb8 #bfe0f2 #ffffff #8fb0cc', 'Above the weather', 'White clouds from above under a blue sky']
  ]),
  entriesOf(milkyWay, [
    ['portrait', '#0a1026 #2a3152 #8f9fd0 #120f18 #05070b', 'Twenty-five seconds, wide open', 'The Milky Way above dark pines'],
    ['tall', '#0b1a24 #3a3a44 #b0a08f #140f10 #060708', 'No moon, no wind, no phones', 'A starry sky above a forest edge']
  ]),
  entriesOf(aurora, [
    ['classic', '#06111f #123042 #3fd39b #7a5fd0 #060b12', 'We had given up and were packing the car.', 'Green northern lights mirrored in a lake'],
    ['square', '#0b0a22 #24214a #7fd08a #d05fb0 #07070f', 'Minus nineteen', 'Northern lights with a violet fringe']
  ]),
  entriesOf(moon, [
    ['square', '#141a2c #6b7ba0 #f2ead8 #a39c8f #05070c', 'Up over the ridge at 17:04', 'A full moon above fir tops'],
    ['portrait', '#1a1410 #8f5a3c #f6c48a #b57a4a #070504', 'Harvest moon', 'An orange moon above dark firs']
  ])
]
