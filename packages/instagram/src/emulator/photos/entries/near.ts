import { entriesOf, type PhotoEntry } from '../entry.ts'
import { facade, skyline, windowLight } from '../scenes/city.ts'
import { fabric } from '../scenes/fabric.ts'
import { flower, leaf } from '../scenes/garden.ts'
import { bokeh, rain, trails } from '../scenes/lights.ts'
import { citrus, coffee } from '../scenes/table.ts'

/** The city, the house and the table. */
export const NEAR: readonly PhotoEntry[][] = [
  entriesOf(skyline, [
    ['classic', '#1b2a55 #7a5a8c #f0a37c #141a2e #ffcf87', 'Lights on, one by one', 'A city skyline at dusk over the water'],
    ['portrait', '#0d1838 #2f4a7a #b08fa0 #0c1222 #ffd9a0', 'From the ferry, hands shaking', 'Lit windows of a skyline at night'],
    ['wide', '#4a5f86 #c99a9a #ffd6a8 #2b2f45 #ffe3b0', 'Rush hour, seen from far enough away', 'A hazy skyline at sunset']
  ]),
  entriesOf(facade, [
    ['portrait', '#2f78bf #9cc6e6 #f6ead8 #a79a93 #22313f', 'Balcony season', 'White balconies against a blue sky'],
    ['square', '#5aa0c8 #d6e6ea #f0b49a #a8685a #2f3a44', 'Someone chose that pink and was right.', 'A pink facade in afternoon sun']
  ]),
  entriesOf(windowLight, [
    ['portrait', '#8a6a58 #ffd9a8 #4a332b', 'Five o’clock visits the hallway.', 'Window light and a plant’s shadow on a wall'],
    ['square', '#6f7a78 #f4e6c4 #303a3c', 'The studio before anyone is in', 'Morning light through a window on a grey wall'],
    ['tall', '#a8604a #ffcf9c #5a2a26', 'Terracotta hour', 'Evening light on a terracotta wall']
  ]),
  entriesOf(bokeh, [
    ['square', '#0b0f1e #27304f #ffb35c #ff7a59 #7fb4ff #ffe2b0', 'Glasses off', 'City lights out of focus'],
    ['wide', '#120a12 #4a2230 #ff9f6b #ff5f7a #ffd08a #c78fff', 'Fairground, last round', 'Warm fairground lights out of focus'],
    ['portrait', '#0c1a14 #1f4a3a #ffe08a #9fe0b0 #fff4cf #6fc0a0', 'Garden party, after the rain', 'Soft green and gold lights']
  ]),
  entriesOf(rain, [
    ['portrait', '#10151f #2d3a4e #ffc37a #ff8b6b #9cc2e8', 'Bus 27, front row upstairs', 'Rain on a window with city lights behind'],
    ['square', '#1a1512 #4a3a30 #ffb060 #ffd9a0 #e87a50', 'Stay in weather', 'Drops on a café window in the evening']
  ]),
  entriesOf(trails, [
    ['wide', '#0b1430 #c0705a #0b0d14 #ffe9c4 #ff3b22', 'Thirty seconds of everyone going home', 'Light trails of cars at dusk'],
    ['square', '#10203a #4f7a94 #0a1016 #fff3d8 #ff5a2a', 'From the footbridge', 'White and red light trails on a road at night']
  ]),
  entriesOf(flower, [
    ['square', '#1d2b1f #6f8a5a #c23a5a #ffb3b8 #f0c23c', 'First one open', 'A pink dahlia close up'],
    ['portrait', '#20242e #7f8fa0 #e8e0d0 #ffffff #e0b040', 'Patience, in petals', 'A white blossom against a grey background'],
    ['large', '#1a2420 #9a8a5a #d8702a #ffc46a #5a2a1a', 'The garden is showing off again.', 'An orange flower in full bloom'],
    ['classic', '#241a2c #6a7a5c #6a3fa0 #cfa8f0 #f0d060', 'Shade loving', 'A violet blossom close up']
  ]),
  entriesOf(leaf, [
    ['portrait', '#123a17 #4f9a34 #e4f29a', 'Held it up to the sun', 'Veins of a green leaf against the light'],
    ['square', '#3a120c #b5502a #ffd07a', 'October’s handwriting', 'An autumn leaf, its veins lit from behind']
  ]),
  entriesOf(coffee, [
    ['square', '#b98a5c #5e3b22 #f4f1ec #5a3018 #f3dfc0', 'Before the first email', 'A cup of coffee with latte art, from above'],
    ['portrait', '#d8d0c4 #9a9088 #3a4a52 #4a2814 #f0dcc0', 'Second one. Do not tell.', 'A dark cup of coffee on a pale table']
  ]),
  entriesOf(citrus, [
    ['square', '#f3c0b0 #a35a52 #f08a1c #fff1d8 #ffa62e', 'Marmalade day', 'Orange slices on a pink background'],
    ['portrait', '#bfe3dc #4a8a86 #e8c81c #fffbe0 #ffe65a', 'Sour is a mood.', 'Lemon slices on a mint background'],
    ['classic', '#3a4a5c #141c26 #d8483a #ffe0d0 #f0705a', 'Blood orange, finally', 'Grapefruit slices on a dark background']
  ]),
  entriesOf(fabric, [
    ['portrait', '#0f2a24 #2f6f5d #bfe6cf', 'Linen came in. This one is called Pine.', 'Folds of green cloth'],
    ['square', '#4a1f16 #b5583a #ffd2b0', 'Sample no. 12, terracotta', 'Folds of terracotta cloth'],
    ['classic', '#5a5048 #cfc2b0 #fffaf0', 'Unbleached', 'Folds of cream-coloured cloth']
  ])
]
