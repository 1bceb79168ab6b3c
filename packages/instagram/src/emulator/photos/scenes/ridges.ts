import { blend, clamp, gradient, mix, add, smoothstep, type Rgb } from '../colour.ts'
import type { Scene } from '../scene.ts'

/** Mountain ridges behind each other, each paler with distance, haze between them. Palette: sky top to horizon, haze, near rock. */
export const ridges: Scene = ({ aspect, random, noise, palette }) => {
  const [top, middle, glow, haze, near] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const count = random.integer(5, 7)
  const horizon = random.between(0.3, 0.46)
  const sun = { x: aspect * random.between(0.2, 0.8), y: horizon - random.between(-0.02, 0.08) }
  const layers = Array.from({ length: count }, (_, index) => {
    const depth = index / (count - 1)
    return { depth, base: horizon + depth ** 1.25 * (0.93 - horizon), height: 0.06 + 0.13 * (1 - Math.abs(depth - 0.45)), scale: 2.6 - depth * 0.9, shift: random.between(0, 90), colour: mix(mix(haze, middle, 0.25), near, depth ** 0.85) }
  })
  const sky = [top, middle, glow]

  return {
    shader: (x, y, out) => {
      gradient(out, sky, y / (horizon + 0.12))
      const distance = Math.hypot(x - sun.x, (y - sun.y) * 1.25)
      const cloud = smoothstep(0.52, 0.8, noise.fractal(x * 1.6 + 40, y * 6.5, 4)) * smoothstep(horizon, 0.05, y)
      blend(out, mix(haze, glow, 0.5), cloud * 0.4)
      add(out, glow, 0.55 * Math.exp(-distance * 5) + 0.5 * Math.exp(-distance * 26))
      for (const layer of layers) {
        const crest = layer.base - layer.height * (noise.ridged(x * layer.scale + layer.shift, layer.shift, 6) * 1.7 - 0.75)
        if (y < crest) continue
        const below = y - crest
        const texture = noise.fractal(x * 22 + layer.shift, y * 30 + below * 40, 3) - 0.5
        const light = 1 + texture * 0.34 * layer.depth
        const edge = clamp(below * 700)
        blend(out, [layer.colour[0] * light, layer.colour[1] * light, layer.colour[2] * light], edge)
        blend(out, haze, smoothstep(0.01, 0.2, below) * 0.62 * (1 - layer.depth * 0.75) * edge)
        add(out, glow, 0.22 * Math.exp(-distance * 3.2) * (1 - layer.depth) * edge)
      }
    }
  }
}
