import { add, blend, gradient, mix, smoothstep, type Pixel, type Rgb } from '../colour.ts'
import type { Noise } from '../noise.ts'
import type { Scene } from '../scene.ts'

/** Boards with grain and joints. */
function wood (noise: Noise, light: Rgb, dark: Rgb, x: number, y: number, out: Pixel): void {
  const board = Math.floor(y * 5.2)
  const grain = noise.fractal(x * 2.2 + board * 7, y * 46 + noise.at(x * 3, board) * 2, 4)
  const rings = 0.5 + 0.5 * Math.sin((y * 70 + noise.fractal(x * 1.4 + board * 3, y * 5, 2) * 22))
  gradient(out, [dark, mix(dark, light, 0.6), light], grain * 0.85 + rings * 0.2 - 0.05 + (noise.at(board * 3.7, 2) - 0.5) * 0.35)
  const joint = Math.abs(y * 5.2 - Math.round(y * 5.2))
  blend(out, [0.05, 0.03, 0.02], smoothstep(0.02, 0.005, joint) * 0.7)
}

/** A cup from above on a wooden table. Palette: table light, table dark, china, coffee, foam. */
export const coffee: Scene = ({ aspect, random, noise, palette }) => {
  const [light, dark, china, brew, foam] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const [cx, cy, cup] = [aspect * random.between(0.42, 0.56), random.between(0.44, 0.54), random.between(0.2, 0.24)]
  const handle = random.between(-0.6, 0.6)
  const saucer = cup * 1.62
  return {
    shader: (x, y, out) => {
      wood(noise, light, dark, x, y, out)
      const [dx, dy] = [x - cx, y - cy]
      const distance = Math.hypot(dx, dy)
      const cast = Math.hypot(dx - 0.045, dy - 0.055)
      blend(out, [0.03, 0.02, 0.02], smoothstep(saucer * 1.16, saucer * 0.86, cast) * 0.62)
      const lamp = 0.86 - (dx + dy) * 0.34
      const plate = smoothstep(saucer, saucer - 0.004, distance)
      blend(out, mix(china, [0.35, 0.33, 0.36], 1 - lamp), plate)
      add(out, china, plate * (smoothstep(0.012, 0, Math.abs(distance - saucer * 0.93)) * 0.1 * -Math.sign(dx + dy)))
      blend(out, [0.1, 0.09, 0.1], plate * smoothstep(cup * 1.34, cup * 0.95, Math.hypot(dx - 0.022, dy - 0.028)) * 0.5)
      const [hx, hy] = [dx * Math.cos(handle) + dy * Math.sin(handle) - cup * 1.14, dy * Math.cos(handle) - dx * Math.sin(handle)]
      const loop = Math.abs(Math.hypot(hx, hy * 1.15) - cup * 0.24)
      const body = Math.max(smoothstep(cup, cup - 0.004, distance), smoothstep(0.02, 0.016, loop))
      blend(out, mix(china, [0.42, 0.4, 0.42], 0.62 - lamp * 0.62), body)
      paintCoffee(dx, dy, distance, out)
    },
    detail: 0.5
  }

  function paintCoffee (dx: number, dy: number, distance: number, out: Pixel): void {
    const pool = cup * 0.89
    if (distance > pool + 0.004) return
    const [u, v] = [(dx * 0.9 + dy * 0.44) / pool, (dy * 0.9 - dx * 0.44) / pool]
    const wave = Math.sin(v * 15 + Math.abs(u) * 9 + noise.at(u * 4, v * 4) * 1.2)
    const rosetta = smoothstep(0.05, 0.5, wave) * smoothstep(0.72 - v * 0.15, 0.6 - v * 0.15, Math.abs(u) + 0.25 * Math.max(0, v)) * smoothstep(0.82, 0.7, Math.abs(v))
    const stem = smoothstep(0.035, 0.018, Math.abs(u)) * smoothstep(0.84, 0.7, Math.abs(v))
    const shade = mix(brew, mix(brew, foam, 0.42), smoothstep(0.55, 1, distance / pool))
    const cover = smoothstep(pool, pool - 0.004, distance)
    blend(out, mix(shade, foam, Math.min(1, Math.max(rosetta, stem)) * 0.92), cover)
    add(out, foam, cover * ((noise.at(dx * 420, dy * 420) - 0.5) * 0.06 + 0.12 * smoothstep(0.2, 0, Math.hypot(u + 0.5, v + 0.55))))
    blend(out, [0.08, 0.04, 0.02], cover * smoothstep(pool * 0.8, pool, Math.hypot(dx + 0.02, dy + 0.025)) * 0.35)
  }
}

/** Slices of citrus on a bright ground. Palette: ground, shadow, peel, pith, flesh. */
export const citrus: Scene = ({ aspect, random, noise, palette }) => {
  const [ground, shadow, peel, pith, flesh] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const pitch = random.between(0.3, 0.42)
  const tilt = random.between(0, 0.5)
  const nearest = (x: number, y: number, shift: number) => {
    const row = Math.round((y - 0.1 - shift) / pitch)
    const column = Math.round((x - 0.12 - shift) / pitch - (row & 1) * 0.5)
    return { dx: x - shift - 0.12 - (column + (row & 1) * 0.5) * pitch - (noise.at(column * 3.3, row * 5.1) - 0.5) * 0.05, dy: y - shift - 0.1 - row * pitch - (noise.at(column * 7.7, row * 2.9) - 0.5) * 0.05, turn: tilt + column * 1.7 + row * 2.9, size: pitch * (0.37 + 0.08 * noise.at(column * 1.3 + 5, row * 1.9)) }
  }
  return {
    shader: (x, y, out) => {
      gradient(out, [mix(ground, [1, 1, 1], 0.12), ground, mix(ground, shadow, 0.2)], (x / aspect + y) / 2)
      add(out, ground, (noise.at(x * 180, y * 180) - 0.5) * 0.04)
      const cast = nearest(x, y, 0.022)
      blend(out, shadow, smoothstep(cast.size * 1.12, cast.size * 0.86, Math.hypot(cast.dx, cast.dy)) * 0.55)
      const { dx, dy, turn, size } = nearest(x, y, 0)
      const distance = Math.hypot(dx, dy) / size
      const cover = smoothstep(1, 0.985, distance)
      if (cover <= 0) return
      const angle = Math.atan2(dy, dx) + turn
      const wedge = angle * 10 / (2 * Math.PI)
      const across = Math.abs(wedge - Math.floor(wedge) - 0.5) * 2
      const pulp = noise.fractal(wedge * 6, distance * 7, 3)
      const pores = noise.at(dx * 300, dy * 300)
      blend(out, mix(peel, [1, 1, 1], pores * 0.12), cover)
      blend(out, pith, cover * smoothstep(0.93, 0.9, distance))
      const inside = smoothstep(0.845, 0.82, distance + across ** 6 * 0.05) * smoothstep(0.97 - 0.05 / Math.max(distance, 0.1), 0.92 - 0.06 / Math.max(distance, 0.1), across) * smoothstep(0.06, 0.1, distance)
      blend(out, mix(flesh, pith, pulp * 0.62 - 0.1), cover * inside)
      add(out, [1, 1, 1], cover * inside * smoothstep(0.62, 0.9, noise.at(wedge * 15, distance * 18)) * 0.22)
      add(out, [1, 1, 1], cover * -(dx + dy) * 0.5)
    },
    detail: 0.5,
    vignette: 0.15
  }
}
