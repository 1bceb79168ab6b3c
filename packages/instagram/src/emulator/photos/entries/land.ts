import { entriesOf, type PhotoEntry } from '../entry.ts'
import { canyon } from '../scenes/fabric.ts'
import { dunes } from '../scenes/dunes.ts'
import { field } from '../scenes/garden.ts'
import { balloons } from '../scenes/figures.ts'
import { pines } from '../scenes/pines.ts'
import { lake, ridges } from '../scenes/ridges.ts'
import { forest, loneTree } from '../scenes/tree.ts'

/** Mountains, woods, sand and fields. */
export const LAND: readonly PhotoEntry[][] = [
  entriesOf(ridges, [
    ['portrait', '#5b7fa8 #b9c6cf #f6d9b4 #dcd3c9 #22303a', 'Six ridges before breakfast. Worth the cold fingers.', 'Mountain ridges fading into morning haze'],
    ['classic', '#4a4470 #c47f7c #ffc28a #c98f86 #241c33', 'The colour lasted four minutes.', 'Purple mountain ridges below an orange sky'],
    ['square', '#7d9fb0 #cfdcdc #f5efdc #d3dcd8 #1f3b3a', 'Green on green on green', 'Layered hills in pale green mist'],
    ['tall', '#2f4c6e #8fa9bd #e8dfd6 #c3ccd3 #101b2a', 'First snow is a rumour up there.', 'Blue mountain layers under a pale sky']
  ]),
  entriesOf(balloons, [
    ['portrait', '#5a86b8 #c9d2d6 #ffe2b8 #e0d2c4 #3a3f46', 'Up at four for this', 'Hot-air balloons above hazy ridges'],
    ['square', '#54508a #d98f86 #ffcc94 #d8a294 #33283c', 'Counted six, there were more', 'Hot-air balloons in a pink morning']
  ]),
  entriesOf(lake, [
    ['classic', '#3f4f78 #b98a94 #ffc79a #c9a6a0 #1d2233', 'Not a breath of wind', 'Mountains mirrored in a still lake at dusk'],
    ['portrait', '#4f86b4 #a8cbd8 #fbe6c4 #c8d6d6 #1c3138', 'Swam to the middle and back. Once.', 'A clear mountain lake in the morning'],
    ['wide', '#24304f #5f6f93 #e6b9a0 #8f94a8 #0d1422', 'Blue hour at the lake', 'A dark lake and hills after sunset']
  ]),
  entriesOf(pines, [
    ['tall', '#aebcc2 #c9d1d1 #dfe4e2 #7d9296 #16262a', 'The fog came up the valley like a tide.', 'Conifers in drifting fog'],
    ['square', '#b8a99a #e2cdb4 #f4e6cf #9a8f7c #2a2c1f', 'Warm fog, cold boots', 'Pines in golden morning fog'],
    ['classic', '#6d86a0 #a3b6c6 #ccd8e0 #5f7890 #0e1a29', 'Somewhere in there is our hut.', 'A blue forest slope under low cloud']
  ]),
  entriesOf(dunes, [
    ['portrait', '#6f9cc9 #e9d8c0 #e8b27a #8a4f35', 'Sand in everything I own now', 'Sand dunes with long shadows'],
    ['classic', '#3d4a7a #f0b092 #f2a868 #7a3b3b', 'Waited for the shadow to reach the crest', 'Orange dunes at sunset'],
    ['square', '#8fb3c8 #f0e6d4 #efe0c4 #b39a80', 'White sand, no footprints but ours', 'Pale dunes under a soft sky']
  ]),
  entriesOf(field, [
    ['classic', '#5b8fd0 #f3dcc6 #7a58b8 #c7a4f0 #39402a', 'You smell it before you see it.', 'Lavender rows running to the horizon'],
    ['square', '#7ab0e0 #eef0e6 #d03a3f #ff8a76 #2f4a22', 'Tulip week', 'Rows of red tulips under a blue sky'],
    ['wide', '#8ea4c4 #ffdcae #c79a3c #f5d684 #5a4322', 'Last field before the harvest', 'Golden crop rows in evening light']
  ]),
  entriesOf(loneTree, [
    ['portrait', '#6f8fb0 #d9b9ae #ffdfb5 #1d1b22', 'Same tree, year nine', 'A bare tree on a hill at sunrise'],
    ['square', '#3b3f66 #b5667a #ff9f6b #120f18', 'It looked like this for real.', 'A bare tree against a red evening sky'],
    ['classic', '#a9b8c2 #d5dbdc #f1eee6 #2b2f33', 'Winter, reduced', 'A lone tree in pale winter light']
  ]),
  entriesOf(forest, [
    ['tall', '#b9c4b4 #fff3cf #7f9085 #1f2a24 #3f4a2c', 'Quiet enough to hear the moss', 'Tall trunks in a foggy forest'],
    ['portrait', '#d0b48a #ffe9b8 #9a7a55 #2c1d15 #6a4a28', 'October, ten past eight', 'Sunlight between trunks in an autumn forest'],
    ['square', '#8fa6b4 #e6f0f4 #5d7584 #111c24 #24343a', 'The path is in there somewhere.', 'Dark trunks in cold blue mist']
  ]),
  entriesOf(canyon, [
    ['tall', '#2a0e12 #8f3b22 #e8823c #ffd79a', 'Look up. Stay there.', 'Glowing sandstone walls of a narrow canyon'],
    ['portrait', '#1d1028 #6d2f4a #d46a5a #ffc9a0', 'Water drew this. It took its time.', 'Purple and orange waves of rock']
  ])
]
