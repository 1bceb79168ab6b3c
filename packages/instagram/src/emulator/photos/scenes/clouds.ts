import { add, blend, clamp, gradient, mix, smoothstep, type Rgb } from '../colour.ts'
import type { Scene } from '../scene.ts'

/** Above the clouds, towards a low sun. Palette: sky top, sky low, lit cloud, shaded cloud. */
export const clouds: Scene = ({ aspect, random, noise, palette }) => {
  const [top, low, lit, shaded] = palette as [Rgb, Rgb, Rgb, Rgb]
  const horizon = random.between(0.34, 0.48)
  const sun = { x: aspect * random.between(0.2, 0.8), y: horizon - 0.035 }
  return {
    shader: (x, y, out) => {
      gradient(out, [top, mix(top, low, 0.45), low], y / horizon)
      const distance = Math.hypot(x - sun.x, y - sun.y)
      add(out, lit, 0.55 * Math.exp(-distance * 5) + 0.5 * Math.exp(-distance * 30))
      const wisp = smoothstep(0.5, 0.8, noise.fractal(x * 1.4 + 70, y * 8, 4))
      blend(out, lit, wisp * 0.3 * smoothstep(horizon, 0.1, y))
      const billow = noise.fractal(x * 5 + 20, 6, 4) * 0.05
      const depth = y - horizon + billow - 0.02
      if (depth < 0) return
      const perspective = 0.42 / (depth + 0.12)
      const [u, v] = [(x - aspect / 2) * perspective + 40, perspective * 2.6]
      const puff = noise.fractal(u * 2.2, v * 2.2, 5)
      const towardsSun = noise.fractal(u * 2.2 + clamp((sun.x - x) * 0.5, -0.13, 0.13), v * 2.2 + 0.2, 5)
      const light = smoothstep(-0.13, 0.15, puff - towardsSun)
      const cover = smoothstep(0, 0.02, depth)
      blend(out, mix(shaded, lit, light * 0.85), cover)
      blend(out, shaded, cover * smoothstep(0.52, 0.3, puff) * 0.65)
      blend(out, mix(low, lit, 0.4), cover * Math.exp(-depth * 11) * 0.8)
      add(out, lit, cover * Math.exp(-distance * 3.6) * 0.3 * light)
    }
  }
}
