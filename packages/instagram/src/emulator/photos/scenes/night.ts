import { add, blend, gradient, set, smoothstep, type Pixel, type Rgb } from '../colour.ts'
import { tabulate } from '../noise.ts'
import type { Random } from '../random.ts'
import type { Scene, Spark } from '../scene.ts'
import { treeline } from './pines.ts'

const STAR_TINTS: readonly Rgb[] = [[1, 1, 1], [0.85, 0.91, 1], [1, 0.93, 0.84]]

/** Many faint stars, few bright ones; the bright ones have a halo. */
function stars (random: Random, aspect: number, count: number, lowest: number): Spark[] {
  return Array.from({ length: count }, () => {
    const bright = random.next() ** 6
    const star = { x: random.next() * aspect, y: random.next() ** 0.9 * lowest, radius: 0.0007 + bright * 0.0013, strength: 0.3 + 0.7 * random.next() ** 2, colour: random.pick(STAR_TINTS) }
    return bright > 0.6 ? [star, { ...star, radius: 0.007, strength: 0.16 * bright }] : [star]
  }).flat()
}

/** The Milky Way above a wood. Palette: zenith, horizon, galaxy light, galaxy dust, trees. */
export const milkyWay: Scene = ({ aspect, random, noise, palette }) => {
  const [zenith, horizon, light, dust, trees] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const lean = random.between(0.35, 0.9) * random.pick([-1, 1])
  const crest = tabulate(aspect, treeline(noise, 0.9, 0.12, 0.034, random.integer(1, 900)))
  return {
    shader: (x, y, out) => {
      gradient(out, [zenith, zenith, horizon], y / 0.95)
      const across = (x - aspect / 2) + (y - 0.45) * lean
      const band = Math.exp(-((across / 0.2) ** 2))
      const cloud = noise.fractal(x * 3.2 + 5, y * 3.2, 5)
      const lane = smoothstep(0.42, 0.66, noise.fractal(x * 5 + 30, y * 5 + 8, 5)) * Math.exp(-((across / 0.11) ** 2))
      add(out, light, band * smoothstep(0.25, 0.85, cloud) * 0.62)
      add(out, [1, 0.86, 0.7], Math.exp(-((across / 0.09) ** 2)) * cloud * 0.2)
      blend(out, dust, lane * 0.72)
      const speck = noise.at(x * 560, y * 560)
      add(out, light, smoothstep(0.93, 1, speck) * (0.25 + band) * 0.55)
      blend(out, horizon, smoothstep(0.62, 0.95, y) * 0.5)
      blend(out, trees, smoothstep(0, 0.002, y - crest(x)))
    },
    sparks: stars(random, aspect, 900, 0.8),
    detail: 0.38,
    grain: 9
  }
}

/** Northern lights over hills and ice. Palette: sky, horizon, curtain, curtain top, ground. */
export const aurora: Scene = ({ aspect, random, noise, palette }) => {
  const [sky, horizon, curtain, fringe, ground] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const shore = 0.74
  const bands = Array.from({ length: 3 }, (_, index) => {
    const shift = random.between(0, 60)
    return { reach: random.between(0.2, 0.34), strength: [0.95, 0.6, 0.45][index] ?? 0.4, foot: tabulate(aspect, x => 0.6 - index * 0.12 - (noise.fractal(x * 1.5 + shift, shift, 2) - 0.4) * 0.5 + 0.05 * Math.sin(x * 7 + shift)), rays: tabulate(aspect, x => 0.45 + 0.75 * noise.fractal(x * 14 + shift, 3, 4)) }
  })
  const hills = tabulate(aspect, x => shore - 0.04 - noise.ridged(x * 1.6 + 20, 4, 6) * 0.11)
  const above = (x: number, y: number, out: Pixel): void => {
    gradient(out, [sky, sky, horizon], y / shore)
    for (const { reach, strength, foot, rays } of bands) {
      const up = foot(x) - y
      const glow = up > 0 ? Math.exp(-up / reach * 2.2) * smoothstep(0, 0.03, up) : 0
      add(out, curtain, glow * rays(x) * strength)
      add(out, fringe, Math.exp(-(((up - reach * 0.62) / reach) ** 2) * 3) * rays(x) * strength * 0.35)
    }
    blend(out, ground, smoothstep(0, 0.003, y - hills(x)))
  }
  return {
    shader: (x, y, out) => {
      if (y < shore) return above(x, y, out)
      const depth = (y - shore) / (1 - shore)
      const ripple = noise.fractal(x * 5, 9 / (depth + 0.08), 3) - 0.5
      above(x + ripple * 0.03, shore - depth * 0.62 - Math.abs(ripple) * 0.05, out)
      blend(out, ground, 0.32 + depth * 0.2)
      add(out, curtain, Math.max(0, ripple) * 0.12)
    },
    sparks: stars(random, aspect, 420, 0.62),
    detail: 0.36,
    grain: 9
  }
}

/** A full moon behind branches of fir. Palette: sky, glow, moon, mare, trees. */
export const moon: Scene = ({ aspect, random, noise, palette }) => {
  const [sky, glow, bright, mare, trees] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const [cx, cy, radius] = [aspect * random.between(0.35, 0.65), random.between(0.34, 0.44), random.between(0.17, 0.24)]
  const crest = tabulate(aspect, treeline(noise, 0.97, 0.2, 0.06, random.integer(1, 900)))
  return {
    shader: (x, y, out) => {
      const distance = Math.hypot(x - cx, y - cy)
      set(out, sky)
      const veil = noise.fractal(x * 2.2, y * 5, 4)
      add(out, glow, Math.exp(-distance * 3.2) * (0.35 + veil * 0.5))
      const disc = smoothstep(radius + 0.0016, radius - 0.0016, distance)
      if (disc > 0) {
        const [u, v] = [(x - cx) / radius, (y - cy) / radius]
        const bulge = Math.sqrt(Math.max(0, 1 - (distance / radius) ** 2))
        const seas = smoothstep(0.46, 0.62, noise.fractal(u * 1.3 + v * 0.5 + noise.at(v * 3, u * 3) * 0.7 + 30, v * 1.3 - u * 0.5 + 12, 5))
        const craters = noise.fractal(u * 9 + v * 4, v * 9 - u * 4, 4) - 0.5
        blend(out, bright, disc)
        blend(out, mare, disc * seas * 0.72)
        add(out, bright, disc * craters * 0.32)
        blend(out, glow, disc * (1 - bulge) * 0.28)
      }
      blend(out, glow, smoothstep(0.55, 0.82, veil) * 0.3)
      blend(out, trees, smoothstep(0, 0.003, y - crest(x)) * 0.97)
    },
    detail: 0.52
  }
}
