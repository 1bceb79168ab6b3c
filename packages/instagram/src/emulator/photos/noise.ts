/** Value noise and its sums: the raw material of clouds, ridges, waves and grain. All functions answer about 0 to 1. */
const SIZE = 256
const MASK = SIZE - 1

/** Noise of one or two coordinates; neighbours of distance 1 are unrelated, between them it is smooth. */
export interface Noise {
  at: (x: number, y: number) => number
  /** Sum of `octaves` layers, each twice as fine and half as strong. */
  fractal: (x: number, y: number, octaves: number) => number
  /** Like `fractal`, folded, so that it has sharp crests. */
  ridged: (x: number, y: number, octaves: number) => number
}

/** Noise that repeats only after 256 steps; the same for the same seed. */
export function createNoise (seed: number): Noise {
  const at = smoothNoise(randomLattice(seed))

  const fractal = (x: number, y: number, octaves: number): number => {
    let [sum, weight, scale] = [0, 0.5, 1]
    for (let octave = 0; octave < octaves; octave++) {
      sum += weight * at(x * scale + octave * 17.3, y * scale + octave * 9.1)
      weight *= 0.5
      scale *= 2.03
    }
    return sum / (1 - 2 * weight)
  }

  const ridged = (x: number, y: number, octaves: number): number => {
    let [sum, weight, scale] = [0, 0.5, 1]
    for (let octave = 0; octave < octaves; octave++) {
      sum += weight * (1 - Math.abs(2 * at(x * scale + octave * 17.3, y * scale + octave * 9.1) - 1))
      weight *= 0.5
      scale *= 2.03
    }
    return sum / (1 - 2 * weight)
  }

  return { at, fractal, ridged }
}

function randomLattice (seed: number): Float32Array {
  let state = (Math.imul(seed + 7, 0x85EBCA6B) ^ 0xC2B2AE35) | 1
  return Float32Array.from({ length: SIZE * SIZE }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4_294_967_296
  })
}

function smoothNoise (lattice: Float32Array): (x: number, y: number) => number {
  return (x, y) => {
    const column = Math.floor(x)
    const row = Math.floor(y)
    const fx = x - column
    const fy = y - row
    const sx = fx * fx * (3 - 2 * fx)
    const sy = fy * fy * (3 - 2 * fy)
    const left = column & MASK
    const right = (column + 1) & MASK
    const top = (row & MASK) * SIZE
    const bottom = ((row + 1) & MASK) * SIZE
    const a = lattice[top + left] as number
    const b = lattice[top + right] as number
    const c = lattice[bottom + left] as number
    const d = lattice[bottom + right] as number
    const upper = a + (b - a) * sx
    return upper + (c + (d - c) * sx - upper) * sy
  }
}

/** A curve read once at many places along 0 to `aspect` and from then on looked up: crests and shorelines are the same in every row. */
export function tabulate (aspect: number, curve: (x: number) => number): (x: number) => number {
  const steps = 3000
  const values = Float32Array.from({ length: steps + 2 }, (_, index) => curve((index / steps) * aspect))
  return x => {
    const place = (x < 0 ? 0 : x > aspect ? aspect : x) / aspect * steps
    const index = Math.floor(place)
    const from = values[index] as number
    return from + ((values[index + 1] as number) - from) * (place - index)
  }
}

/** A number of 0 to 1 that belongs to a whole-numbered place: which window is lit, how tall a tree is. */
export function scatter (column: number, row: number): number {
  let mixed = Math.imul(column, 374_761_393) + Math.imul(row, 668_265_263)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 1_274_126_177)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296
}
