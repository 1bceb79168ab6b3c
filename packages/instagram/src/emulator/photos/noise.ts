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

export function createNoise (seed: number): Noise {
  const lattice = new Float32Array(SIZE * SIZE)
  let state = (Math.imul(seed + 7, 0x85EBCA6B) ^ 0xC2B2AE35) | 1
  for (let index = 0; index < lattice.length; index++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    lattice[index] = (state >>> 0) / 4_294_967_296
  }

  const at = (x: number, y: number): number => {
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

  return {
    at,
    fractal: (x, y, octaves) => layered(octaves, (scale, shift) => at(x * scale + shift, y * scale + shift)),
    ridged: (x, y, octaves) => layered(octaves, (scale, shift) => 1 - Math.abs(2 * at(x * scale + shift, y * scale + shift) - 1))
  }
}

function layered (octaves: number, read: (scale: number, shift: number) => number): number {
  let sum = 0
  let weight = 0.5
  let scale = 1
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * read(scale, octave * 17.3)
    weight *= 0.5
    scale *= 2.03
  }
  return sum / (1 - 0.5 ** octaves)
}
