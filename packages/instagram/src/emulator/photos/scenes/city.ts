import { add, blend, clamp, gradient, mix, set, smoothstep, type Pixel, type Rgb } from '../colour.ts'
import { scatter } from '../noise.ts'
import type { Scene } from '../scene.ts'

/** A skyline after sunset over water. Palette: sky top, sky middle, sky low, buildings, windows. */
export const skyline: Scene = ({ aspect, random, noise, palette }) => {
  const [top, middle, low, walls, windows] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const shore = random.between(0.72, 0.8)
  const seed = random.integer(1, 900)
  const layers = [{ width: 0.05, low: 0.08, high: 0.3, haze: 0.62 }, { width: 0.07, low: 0.06, high: 0.4, haze: 0.34 }, { width: 0.1, low: 0.05, high: 0.26, haze: 0.06 }]

  const above = (x: number, y: number, out: Pixel): void => {
    gradient(out, [top, middle, low], y / shore)
    blend(out, mix(low, middle, 0.4), smoothstep(0.5, 0.8, noise.fractal(x * 1.3 + 20, y * 6, 4)) * 0.45)
    layers.forEach((layer, index) => {
      const place = x / layer.width + index * 0.37
      const block = Math.floor(place)
      const chance = scatter(block, seed + index)
      const bulk = Math.exp(-((((block + 0.5 - index * 0.37) * layer.width / aspect - 0.5) * 2.1) ** 2))
      const height = layer.low + (layer.high - layer.low) * chance ** 1.6 * (0.35 + 0.75 * bulk)
      const within = place - block
      const step = scatter(block, seed + 40 + index) > 0.6 && Math.abs(within - 0.5) > 0.3 ? 0.82 : 1
      const up = (shore - y) / (height * step)
      if (up > 1 || up < 0 || within < 0.04) return
      const wall = mix(walls, low, layer.haze)
      set(out, wall)
      add(out, low, 0.16 * (1 - up) + (within > 0.8 ? 0.05 : 0))
      const lit = up < 0.95 ? windowAt(within, shore - y, block * 31, seed + index * 7) : 0
      if (lit > 0.58) add(out, lit > 0.94 ? [0.8, 0.9, 1] : windows, (0.25 + lit * 0.6) * (1 - layer.haze * 0.55))
    })
  }

  return {
    shader: (x, y, out) => {
      if (y < shore) return above(x, y, out)
      const depth = (y - shore) / (1 - shore)
      const ripple = noise.fractal(x * 14, 6 / (depth + 0.1), 2) - 0.5
      above(x + ripple * 0.025 * (0.2 + depth), clamp(shore - depth * 0.36 - ripple * 0.07, 0.02, shore - 0.003), out)
      blend(out, walls, 0.22 + depth * 0.3)
      add(out, windows, Math.exp(-depth * 22) * 0.12 + Math.max(0, ripple) * 0.12)
    },
    detail: 0.5
  }
}

/** How bright the window at this place of a wall is, 0 between windows. */
function windowAt (across: number, up: number, block: number, seed: number): number {
  const [columns, storey] = [7, 0.0105]
  const [column, row] = [Math.floor(across * columns), Math.floor(up / storey)]
  const [fx, fy] = [across * columns - column, up / storey - row]
  const isPane = fx > 0.22 && fx < 0.8 && fy > 0.28 && fy < 0.75
  return isPane ? scatter(block + column, row + seed) : 0
}

/** Balconies against the sky. Palette: sky top, sky low, sunny wall, shaded wall, glass. */
export const facade: Scene = ({ aspect, random, noise, palette }) => {
  const [top, low, sunny, shaded, glass] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const edge = aspect * random.between(0.66, 0.84)
  const [floors, lean] = [random.integer(7, 9), random.between(0.3, 0.5)]
  return {
    shader: (x, y, out) => {
      gradient(out, [top, low], y * 0.9 + noise.fractal(x * 2, y * 2, 3) * 0.12)
      const side = x - (edge - (1 - y) * 0.1)
      if (side > 0) return
      const away = -side
      const level = (y + away * lean * (1 - y * 0.9)) * floors
      const [floor, within] = [Math.floor(level), level - Math.floor(level)]
      const bay = away * 4.2 / (1 + away * 0.25)
      const across = bay - Math.floor(bay)
      const plaster = 1 + (noise.fractal(x * 60, y * 60, 2) - 0.5) * 0.09
      const tone = mix(sunny, shaded, 0.12 + away * 0.12)
      out[0] = tone[0] * plaster; out[1] = tone[1] * plaster; out[2] = tone[2] * plaster
      const opening = smoothstep(0.1, 0.115, across) * smoothstep(0.9, 0.885, across) * smoothstep(0.3, 0.315, within) * smoothstep(1, 0.985, within)
      const reflection = 0.25 + 0.4 * scatter(floor, Math.floor(bay)) + 0.3 * noise.at(x * 8, y * 8)
      blend(out, mix(glass, top, reflection), opening)
      blend(out, mix(shaded, glass, 0.35), opening * smoothstep(0.62, 0.3, within - across * 0.12) * 0.85)
      blend(out, shaded, smoothstep(0.34, 0.3, within) * smoothstep(0.22, 0.27, within) * 0.75)
      const rail = smoothstep(0.72, 0.725, within) * (0.5 + 0.5 * Math.sign(Math.sin(bay * 110)))
      blend(out, mix(sunny, shaded, 0.4), rail * opening * 0.8)
      blend(out, sunny, smoothstep(0.03, 0, Math.abs(within - 0.12)) * 0.5)
    },
    detail: 0.55,
    vignette: 0.18
  }
}

/** Evening sun through a window on a wall, with the shadow of a plant. Palette: wall in shade, wall in light, shadow. */
export const windowLight: Scene = ({ aspect, random, noise, palette }) => {
  const [shade, light, shadow] = palette as [Rgb, Rgb, Rgb]
  const skew = random.between(0.22, 0.5) * random.pick([-1, 1])
  const [cx, cy] = [aspect * random.between(0.45, 0.58), random.between(0.42, 0.55)]
  const stems = Array.from({ length: 9 }, (_, index) => ({ angle: -1.9 + index * 0.33 + random.between(-0.1, 0.1), reach: random.between(0.3, 0.52) }))
  const root = { x: cx + skew * 0.5, y: cy + 0.42 }
  const blur = 0.011
  return {
    shader: (x, y, out) => {
      const [u, v] = [(x - cx + (y - cy) * skew) / 0.3, (y - cy) / 0.36]
      const inside = smoothstep(1 + blur * 4, 1 - blur * 4, Math.abs(u)) * smoothstep(1 + blur * 4, 1 - blur * 4, Math.abs(v))
      const bars = smoothstep(0.035, 0.075, Math.abs(u)) * smoothstep(0.03, 0.07, Math.abs(v - 0.05))
      let leaves = 0
      for (const { angle, reach } of stems) {
        const [dx, dy] = [x - root.x, y - root.y]
        const along = (dx * Math.cos(angle) + dy * Math.sin(angle)) / reach
        if (along < 0 || along > 1) continue
        const drop = 0.16 * along * along
        const across = Math.abs(-dx * Math.sin(angle) + (dy - drop) * Math.cos(angle))
        const width = 0.062 * Math.sin(Math.PI * along ** 0.8) * (0.6 + 0.4 * Math.abs(Math.sin(along * 38)))
        leaves = Math.max(leaves, smoothstep(width + 0.012, width - 0.006, across))
      }
      const lit = inside * bars * (1 - leaves * 0.88)
      const plaster = (noise.fractal(x * 14, y * 14, 4) - 0.5) * 0.11 + (noise.at(x * 150, y * 150) - 0.5) * 0.045
      gradient(out, [mix(shade, light, 0.16), shade, mix(shade, shadow, 0.45)], y * 0.7 + (x / aspect) * 0.3)
      blend(out, light, lit * 0.92)
      add(out, light, 0.1 * Math.exp(-(u * u + v * v) * 0.7) + plaster * (0.5 + lit))
    },
    detail: 0.4,
    vignette: 0.34
  }
}
