import { add, blend, gradient, mix, set, smoothstep, type Rgb } from '../colour.ts'
import { tabulate } from '../noise.ts'
import type { Scene } from '../scene.ts'

/** Sand dunes with a lit and a shaded side and wind ripples. Palette: sky top, sky low, lit sand, shaded sand. */
export const dunes: Scene = ({ aspect, random, noise, palette }) => {
  const [top, low, lit, shaded] = palette as [Rgb, Rgb, Rgb, Rgb]
  const horizon = random.between(0.32, 0.44)
  const layers = Array.from({ length: 4 }, (_, index) => {
    const depth = index / 3
    const [peak, width, height] = [random.between(0.15, 0.85) * aspect, random.between(0.35, 0.6) + depth * 0.3, random.between(0.1, 0.2) + depth * 0.06]
    const crest = tabulate(aspect, x => horizon + depth * 0.36 + 0.05 - height / (1 + Math.abs((x - peak) / width) ** 1.7) + 0.035 * Math.sin(x * 3 + index * 2.3))
    const fold = tabulate(1.2, below => peak + 0.1 * Math.sin(below * 9 + index) + below * (0.35 + depth * 0.6) + (noise.fractal(below * 7, index * 5, 2) - 0.5) * 0.08)
    return { depth, crest, fold }
  })

  return {
    shader: (x, y, out) => {
      gradient(out, [top, mix(top, low, 0.6), low], y / (horizon + 0.06))
      for (const { depth, crest, fold } of layers) {
        const below = y - crest(x)
        if (below < 0) continue
        const side = x - fold(below)
        const shade = smoothstep(-0.004 - below * 0.02, 0.004 + below * 0.05, side)
        const ripple = Math.sin((y + (noise.fractal(x * 2.6, y * 4 + depth * 9, 3)) * 0.22 + x * 0.12) * (230 - depth * 120))
        set(out, lit)
        blend(out, shaded, Math.min(1, 0.1 + 0.9 * shade * smoothstep(0.75, 0, side) + 0.28 * below))
        const rough = ripple * 0.055 * (1 - shade * 0.65) * smoothstep(0.02, 0.2, below) + (noise.at(x * 240, y * 240) - 0.5) * 0.05
        add(out, lit, rough)
        blend(out, low, (1 - depth) * 0.42)
        add(out, lit, 0.22 * Math.exp(-below * 130) * (1 - shade))
      }
    }
  }
}
