import { add, blend, mix, smoothstep, gradient, type Rgb } from '../colour.ts'
import type { Scene } from '../scene.ts'

/** Folds of cloth in side light. Palette: shadow, cloth, sheen. */
export const fabric: Scene = ({ random, noise, palette }) => {
  const [shadow, cloth, sheen] = palette as [Rgb, Rgb, Rgb]
  const angle = random.between(0.3, 1.2)
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
  const folds = (x: number, y: number): number => {
    const [u, v] = [x * cos - y * sin, x * sin + y * cos]
    const warp = noise.at(u * 1.4 + 3, v * 0.8) + 0.4 * noise.at(u * 3.1, v * 1.6 + 7)
    return Math.sin(u * 19 + warp * 9) + 0.42 * Math.sin(u * 33 + warp * 13 + v * 3.5)
  }
  return {
    shader: (x, y, out) => {
      const here = folds(x, y)
      const light = 0.5 + (here - folds(x + 0.008 * cos, y - 0.008 * sin)) * 2.6
      gradient(out, [shadow, mix(shadow, cloth, 0.7), cloth, mix(cloth, sheen, 0.5)], light)
      add(out, sheen, smoothstep(0.78, 1.15, light) ** 2 * 0.4)
      blend(out, shadow, smoothstep(-0.4, -1.35, here) * 0.45)
      const weave = Math.sin(x * 900 + noise.at(x * 50, y * 50)) * Math.sin(y * 900)
      add(out, cloth, weave * 0.035)
    },
    detail: 0.45
  }
}

/** Walls of a slot canyon, worn into waves. Palette: dark, rock, glow, light. */
export const canyon: Scene = ({ aspect, random, noise, palette }) => {
  const [dark, rock, glow, light] = palette as [Rgb, Rgb, Rgb, Rgb]
  const shift = random.between(0, 50)
  const centre = aspect * random.between(0.4, 0.62)
  const form = (x: number, y: number): number => noise.fractal(x * 1.7 + shift + noise.at(y * 2.2, shift) * 0.9, y * 0.7 + shift, 2)
  return {
    shader: (x, y, out) => {
      const here = form(x, y)
      const turn = (here - form(x + 0.02, y + 0.004)) * 12
      const strata = here * 44 + y * 13 + noise.fractal(x * 5, y * 5, 2) * 1.4
      const bands = Math.sin(strata * 2.1) * Math.sin(strata * 0.7 + 1) * 0.6 + Math.sin(strata * 6.3) * 0.25
      const opening = Math.exp(-((x - centre + (here - 0.5) * 1.1) ** 2) * 13) * (1.1 - y * 0.95)
      gradient(out, [dark, dark, rock, glow, light], 0.34 + turn * 0.46 + opening * 0.6 + bands * 0.06)
      add(out, glow, (noise.at(x * 160, y * 200) - 0.5) * 0.06 + bands * 0.045)
      add(out, light, opening * opening * 0.3)
      blend(out, dark, smoothstep(0.55, 1, y) * 0.45)
    },
    detail: 0.45
  }
}
