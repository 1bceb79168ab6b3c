import { add, blend, gradient, mix, smoothstep, type Pixel, type Rgb } from '../colour.ts'
import { tabulate } from '../noise.ts'
import type { Scene, Shader, Shot } from '../scene.ts'

/** Mountain ridges behind each other, each paler with distance, haze between them. Palette: sky top, sky middle, glow, haze, near rock. */
export const ridges: Scene = shot => ({ shader: ridgesShader(shot, shot.random.between(0.3, 0.46), 1) })

/** The same hills over a still lake. */
export const lake: Scene = shot => {
  const shore = shot.random.between(0.56, 0.64)
  const above = ridgesShader(shot, shore * 0.52, shore)
  const { noise } = shot
  const [, , glow, haze, near] = shot.palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  return {
    shader: (x, y, out) => {
      if (y < shore) return above(x, y, out)
      const depth = (y - shore) / (1 - shore)
      const perspective = 1 / (depth + 0.06)
      const ripple = noise.fractal(x * perspective * 1.5, perspective * 14, 3) - 0.5
      above(x + ripple * 0.012, Math.max(0.002, shore - depth * shore * 0.98 + ripple * (0.02 + depth * 0.07)), out)
      blend(out, near, 0.12 + depth * 0.34)
      add(out, mix(glow, haze, 0.5), Math.max(0, ripple) * 0.13)
      blend(out, haze, 0.5 * Math.exp(-depth * 40))
    }
  }
}

/** @param bottom - where the last slope ends */
function ridgesShader ({ aspect, random, noise, palette }: Shot, horizon: number, bottom: number): Shader {
  const [top, middle, glow, haze, near] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const count = random.integer(5, 7)
  const sun = { x: aspect * random.between(0.2, 0.8), y: horizon - random.between(-0.02, 0.08) }
  const layers = Array.from({ length: count }, (_, index) => {
    const depth = index / (count - 1)
    const [base, height, zoom, shift] = [horizon + depth ** 1.25 * (0.93 * bottom - horizon), (0.05 + 0.13 * (1 - Math.abs(depth - 0.45))) * bottom, 2.6 - depth * 0.9, random.between(0, 90)]
    const form = (octaves: number) => tabulate(aspect, x => base - height * (noise.ridged(x * zoom + shift, shift, octaves) * 1.9 - 0.85))
    return { depth, shift, crest: form(7), mass: form(2), colour: mix(mix(haze, middle, 0.3), near, depth ** 0.85) }
  })
  const sky = [top, middle, mix(middle, glow, 0.6), glow]
  const warmHaze = mix(haze, glow, 0.35)

  return (x, y, out) => {
    const distance = Math.hypot(x - sun.x, (y - sun.y) * 1.25)
    const near = Math.exp(-distance * 3.4)
    let front = layers.length - 1
    while (front >= 0 && y < (layers[front]?.crest(x) ?? 0)) front--
    const layer = layers[front]
    if (layer === undefined) return paintSky(x, y, distance, out)
    const rock = 1 + (noise.fractal(x * 20 + layer.shift, y * 26, 3) - 0.5) * (0.12 + 0.55 * layer.depth)
    out[0] = layer.colour[0] * rock
    out[1] = layer.colour[1] * rock
    out[2] = layer.colour[2] * rock
    const drift = noise.fractal(x * 2.2 + layer.shift, y * 7, 2)
    blend(out, warmHaze, smoothstep(-0.04, 0.19 * bottom, y - layer.mass(x) + (drift - 0.5) * 0.12) * 0.8 * (1 - layer.depth * 0.8))
    add(out, glow, 0.2 * near * (1 - layer.depth))
  }

  function paintSky (x: number, y: number, distance: number, out: Pixel): void {
    gradient(out, sky, y / (horizon + 0.1))
    const cloud = smoothstep(0.5, 0.78, noise.fractal(x * 1.7 + 40, y * 7.5, 5)) * smoothstep(horizon, 0.08, y)
    blend(out, mix(haze, glow, 0.4), cloud * 0.55)
    add(out, glow, 0.34 * Math.exp(-distance * 5) + 0.42 * Math.exp(-distance * 24))
  }
}
