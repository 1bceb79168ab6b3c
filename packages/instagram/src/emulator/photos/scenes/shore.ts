import { add, blend, clamp, gradient, mix, smoothstep, type Rgb } from '../colour.ts'
import type { Scene } from '../scene.ts'

/** A beach from straight above: sand, foam, turquoise, deep. Palette: dry sand, wet sand, shallow, deep, foam. */
export const shore: Scene = ({ aspect, random, noise, palette }) => {
  const [dry, wet, shallow, deep, foam] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const angle = random.between(-0.7, 0.7)
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
  const offset = random.between(0.34, 0.46)
  return {
    shader: (x, y, out) => {
      const [px, py] = [x - aspect / 2, y - 0.5]
      const along = px * cos - py * sin
      const bend = (noise.fractal(along * 1.6 + 9, 3, 3) - 0.5) * 0.3
      const reach = px * sin + py * cos + 0.5 - offset - bend
      const sand = 1 + (noise.at(x * 170, y * 170) - 0.5) * 0.13 + (noise.fractal(x * 9, y * 9, 3) - 0.5) * 0.1
      out[0] = dry[0] * sand; out[1] = dry[1] * sand; out[2] = dry[2] * sand
      blend(out, wet, smoothstep(-0.17, -0.05, reach + (noise.fractal(along * 5, 8, 2) - 0.5) * 0.05) * 0.85)
      const ruffle = noise.fractal(x * 7, y * 7, 4)
      const line = reach + (ruffle - 0.5) * 0.09
      const water = smoothstep(-0.012, 0.02, line)
      const depth = clamp(line / 0.5)
      blend(out, mix(mix(wet, shallow, smoothstep(0, 0.1, line)), deep, depth ** 0.7), water)
      add(out, shallow, (ruffle - 0.5) * 0.22 * water)
      const lace = smoothstep(0.6, 0.95, noise.ridged(x * 8 + ruffle * 1.1, y * 8 + ruffle, 3) + 0.2 * Math.exp(-Math.abs(line) * 20))
      for (const [place, width, strength] of [[0.006, 0.02, 1], [0.115, 0.06, 0.8], [0.26, 0.05, 0.62]] as const) {
        if (line < place - 0.05 || line > place + 0.3) continue
        const edge = line - place - (noise.fractal(along * 2.8 + place * 90, place * 40, 3) - 0.5) * 0.08
        const front = smoothstep(-0.006, 0.003, edge) * Math.exp(-Math.max(0, edge) / width)
        blend(out, foam, clamp(front * (0.35 + lace * 0.9) * strength))
      }
    },
    detail: 0.42,
    vignette: 0.15
  }
}

/** Light on the floor of a pool. Palette: shallow, deep, light. */
export const pool: Scene = ({ aspect, random, noise, palette }) => {
  const [shallow, deep, light] = palette as [Rgb, Rgb, Rgb]
  const [zoom, tile] = [random.between(2.6, 3.6), random.between(6.5, 8.5)]
  return {
    shader: (x, y, out) => {
      const sway = noise.fractal(x * 2.1 + 4, y * 2.1, 3) - 0.5
      const drift = noise.fractal(x * 2.1 + 40, y * 2.1 + 20, 3) - 0.5
      gradient(out, [shallow, mix(shallow, deep, 0.45), deep], (y * 0.75 + x / aspect * 0.25) + sway * 0.3)
      const [u, v] = [(x + sway * 0.16) * tile, (y + drift * 0.16) * tile]
      const joint = Math.min(Math.abs(u - Math.round(u)), Math.abs(v - Math.round(v)))
      blend(out, deep, smoothstep(0.05, 0.015, joint) * 0.32)
      const first = noise.at(x * zoom * 2 + sway * 4, y * zoom * 2 + drift * 4)
      const second = noise.at(x * zoom * 3.4 - drift * 5 + 30, y * zoom * 3.4 + sway * 5 + 11)
      const web = Math.exp(-Math.abs(first - 0.5) * 19) * 0.75 + Math.exp(-Math.abs(second - 0.5) * 20) * 0.5
      add(out, light, web * 0.58 + web * web * 0.25)
    },
    vignette: 0.2
  }
}
