import { add, blend, gradient, mix, set, smoothstep, type Pixel, type Rgb } from '../colour.ts'
import type { Plate, Scene, Shot } from '../scene.ts'

/** Open water towards a low sun, with glitter and clouds. Palette: sky top, sky middle, glow, water far, water near. */
export const sea: Scene = shot => seaPlate(shot, shot.random.between(0.38, 0.56))

/** @param horizon - where sky and water meet */
export function seaPlate ({ aspect, random, noise, palette }: Shot, horizon: number): Plate {
  const [top, middle, glow, far, near] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const sun = { x: aspect * random.between(0.3, 0.7), y: horizon - random.between(0.03, 0.12) }
  const sky = [top, middle, mix(middle, glow, 0.7), glow]
  const cover = random.between(0.46, 0.56)

  const paintSky = (x: number, y: number, out: Pixel): void => {
    gradient(out, sky, y / horizon)
    const perspective = 1 / (1.12 - y / horizon)
    const density = noise.fractal(x * 1.1 * perspective ** 0.4 + 11, perspective * 2.1, 5)
    const cloud = smoothstep(cover, cover + 0.22, density)
    const distance = Math.hypot(x - sun.x, y - sun.y)
    const lit = noise.fractal(x * 2.4 + 3, perspective * 3 + 9, 3)
    blend(out, mix(mix(top, far, 0.35), glow, 0.25 + 0.75 * Math.exp(-distance * 2.6) * lit * 1.5), cloud * 0.72)
    add(out, glow, (0.5 * Math.exp(-distance * 4.5) + 1.5 * smoothstep(0.034, 0.026, distance)) * (1 - cloud * 0.55))
  }

  return {
    shader: (x, y, out) => {
      if (y < horizon) return paintSky(x, y, out)
      const depth = (y - horizon) / (1 - horizon)
      const perspective = 1 / (depth + 0.035)
      const wave = noise.fractal((x - aspect / 2) * perspective * 2.4 + 60, perspective * 9, 4)
      const fine = noise.at((x - aspect / 2) * perspective * 26, perspective * 60)
      set(out, far)
      blend(out, near, depth ** 0.6)
      const slope = wave - 0.5
      blend(out, mix(middle, glow, 0.35), 0.3 * (1 - depth) + slope * 0.75)
      const path = Math.exp(-(((x - sun.x) / (0.05 + depth * 0.24)) ** 2))
      const sparkle = smoothstep(0.5, 0.86, wave * 0.62 + fine * 0.46)
      add(out, glow, path * (sparkle * 1.5 + 0.13) * (1 - depth * 0.55))
      blend(out, glow, 0.45 * Math.exp(-depth * 46))
    },
    detail: 0.52
  }
}
