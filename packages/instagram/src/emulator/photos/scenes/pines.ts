import { add, blend, gradient, mix, smoothstep, type Rgb } from '../colour.ts'
import { scatter, tabulate, type Noise } from '../noise.ts'
import type { Scene } from '../scene.ts'

/** The upper edge of a conifer wood: pointed trees of uneven height on rolling ground. Smaller values are higher up. */
export function treeline (noise: Noise, base: number, height: number, spacing: number, seed: number): (x: number) => number {
  const groundAt = groundline(noise, base, height, seed)
  return x => {
    const ground = groundAt(x)
    let top = ground
    const cell = Math.floor(x / spacing)
    for (let index = cell - 2; index <= cell + 2; index++) {
      const chance = scatter(index, seed)
      const distance = Math.abs(x - (index + 0.5 + (scatter(index, seed + 9) - 0.5) * 0.9) * spacing)
      const tall = height * (0.35 + chance * 0.75)
      const width = spacing * (0.55 + chance * 0.5)
      const branch = 1 + 0.35 * Math.sin(distance / width * 26 + chance * 9)
      top = Math.min(top, ground - tall * (1 - distance / (width * branch)))
    }
    return top
  }
}

/** The ground those trees stand on. */
function groundline (noise: Noise, base: number, height: number, seed: number): (x: number) => number {
  return x => base - (noise.fractal(x * 1.3 + seed, seed, 2) - 0.5) * height * 2.2
}

/** Wooded slopes in drifting fog. Palette: sky top, sky low, fog, far trees, near trees. */
export const pines: Scene = ({ aspect, random, noise, palette }) => {
  const [top, low, fog, far, near] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const count = random.integer(4, 6)
  const tilt = random.between(-0.16, 0.16)
  const layers = Array.from({ length: count }, (_, index) => {
    const depth = (index + 0.4) / count
    const [base, height, seed] = [0.3 + depth * 0.62, 0.05 + depth * 0.15, random.integer(1, 900)]
    const [edge, ground] = [treeline(noise, base, height, 0.018 + depth * 0.035, seed), groundline(noise, base, height, seed)]
    const slope = (x: number): number => tilt * (x / aspect - 0.5) * (1 - depth)
    return { depth, height, crest: tabulate(aspect, x => edge(x) + slope(x)), ground: tabulate(aspect, x => ground(x) + slope(x)), colour: mix(far, near, depth) }
  })

  return {
    shader: (x, y, out) => {
      gradient(out, [top, low, mix(low, fog, 0.7)], y / 0.62)
      const drift = noise.fractal(x * 1.7 + 8, y * 4.6 + 3, 4)
      blend(out, fog, smoothstep(0.46, 0.8, drift) * 0.5)
      for (const layer of layers) {
        const below = y - layer.crest(x)
        if (below < 0) continue
        const needles = 1 + (noise.at(x * 95, y * 80 + layer.depth * 50) - 0.5) * 0.5 * layer.depth
        blend(out, [layer.colour[0] * needles, layer.colour[1] * needles, layer.colour[2] * needles], smoothstep(0, 0.0025, below))
        const thick = smoothstep(-layer.height * 0.75, layer.height * 0.5, y - layer.ground(x) + (drift - 0.5) * 0.16)
        blend(out, fog, thick * (0.98 - layer.depth * 0.45))
      }
      add(out, fog, 0.04)
    },
    detail: 0.45
  }
}
