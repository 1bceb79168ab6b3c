import { add, blend, gradient, mix, smoothstep, type Rgb } from '../colour.ts'
import type { Scene } from '../scene.ts'

/** One blossom close up, everything behind it melted away. Palette: background dark, background light, petal base, petal tip, heart. */
export const flower: Scene = ({ aspect, random, noise, palette }) => {
  const [dark, pale, base, tip, heart] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const [cx, cy, size] = [aspect * random.between(0.42, 0.58), random.between(0.43, 0.54), random.between(0.34, 0.42)]
  const petals = random.integer(11, 17)
  const rings = Array.from({ length: 7 }, (_, index) => ({ reach: size * (1 - index * 0.125), turn: index * 2.4 + random.next(), count: petals - index }))
  const squash = random.between(0.86, 1)
  return {
    shader: (x, y, out) => {
      const melt = noise.fractal(x * 1.7 + 3, y * 1.7, 2)
      gradient(out, [dark, mix(dark, pale, 0.5), pale], melt * 1.25 - 0.15 + (0.5 - y) * 0.35)
      const [dx, dy] = [x - cx, (y - cy) / squash]
      const distance = Math.hypot(dx, dy)
      blend(out, dark, 0.4 * smoothstep(size * 1.25, size * 0.7, distance))
      const angle = Math.atan2(dy, dx)
      for (let index = 0; index < rings.length; index++) {
        const ring = rings[index]
        if (ring === undefined || distance > ring.reach) continue
        const wedge = (angle + ring.turn) * ring.count / (2 * Math.PI)
        const across = Math.abs(wedge - Math.floor(wedge) - 0.5) * 2
        const along = distance / ring.reach
        const outline = Math.sqrt(Math.max(0, 1 - across ** 2.4)) * 0.2 + 0.8
        const cover = smoothstep(outline, outline - 0.025, along)
        if (cover <= 0) continue
        const vein = (noise.at(wedge * 22, along * 4) - 0.5) * 0.16
        const colour = mix(base, tip, smoothstep(0.25, 1, along))
        const light = (0.74 + 0.3 * (1 - across) + vein) * (0.72 + 0.33 * along) * (0.88 - dy * 0.35) + index * 0.018
        blend(out, [colour[0] * light, colour[1] * light, colour[2] * light], cover)
        blend(out, dark, cover * smoothstep(0.72, 1, across) * 0.32 * (1 - along * 0.5))
      }
      const pollen = noise.at(x * 120, y * 120)
      blend(out, mix(heart, dark, 0.5 - pollen * 0.75), smoothstep(size * 0.17, size * 0.11, distance + (pollen - 0.5) * 0.02))
    },
    detail: 0.5
  }
}

/** A leaf against the light. Palette: deep, leaf, light. */
export const leaf: Scene = ({ aspect, random, noise, palette }) => {
  const [deep, green, light] = palette as [Rgb, Rgb, Rgb]
  const angle = random.between(-0.9, 0.9)
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
  const [pitch, steep] = [random.between(6.5, 9), random.between(0.7, 1)]
  return {
    shader: (x, y, out) => {
      const [px, py] = [x - aspect / 2, y - 0.5]
      const across = px * cos - py * sin + 0.03 * Math.sin(py * 4)
      const along = px * sin + py * cos
      const away = Math.abs(across)
      const side = across < 0 ? 0.43 : 0
      const bend = along - away * steep - away * away * 0.5
      const rib = (bend * pitch + side) - Math.floor(bend * pitch + side)
      const nearRib = Math.min(rib, 1 - rib) / pitch
      const cells = noise.ridged(across * 34 + noise.at(along * 20, 3), along * 34, 2)
      const bulge = Math.sin(rib * Math.PI)
      gradient(out, [deep, mix(deep, green, 0.7), green, mix(green, light, 0.6)], 0.3 + 0.34 * bulge * (0.7 + 0.6 * noise.at(x * 2, y * 2)) - away * 0.25 + (0.5 - y) * 0.25)
      add(out, light, (cells - 0.55) * 0.14)
      const vein = Math.exp(-nearRib * 230) * 0.72 + Math.exp(-away * (125 - along * 30)) * 1.05
      add(out, light, Math.min(1, vein) * 0.55)
      blend(out, deep, smoothstep(0.014, 0.004, Math.abs(away - 0.017)) * 0.35)
    },
    detail: 0.5
  }
}

/** Rows of flowers or crops running to the horizon. Palette: sky top, sky low, row, row light, furrow. */
export const field: Scene = ({ aspect, random, noise, palette }) => {
  const [top, low, row, bright, furrow] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const horizon = random.between(0.36, 0.46)
  const vanish = aspect * random.between(0.3, 0.7)
  const rows = random.between(3.4, 4.6)
  return {
    shader: (x, y, out) => {
      const hill = horizon - 0.012 - noise.fractal(x * 2.2, 9, 4) * 0.075
      if (y < hill) {
        gradient(out, [top, mix(top, low, 0.55), low], y / horizon)
        const lift = 1 / (1.15 - y / horizon)
        const cloud = smoothstep(0.47, 0.72, noise.fractal(x * 1.5 * lift ** 0.4 + 13, lift * 2.4, 5))
        blend(out, mix(low, [1, 1, 1], 0.5), cloud * 0.75)
        return
      }
      if (y < horizon) {
        gradient(out, [mix(furrow, low, 0.55), mix(furrow, low, 0.4)], (y - hill) * 12)
        return
      }
      const depth = (y - horizon) / (1 - horizon)
      const near = depth + 0.015
      const across = (x - vanish) / near * rows + noise.at(7, 3 / near) * 0.1
      const [lane, far] = [across - Math.floor(across), Math.min(1, Math.abs(across) / 60 + 0.012 / near)]
      const tuft = noise.fractal(across * 7, 16 / near, 3)
      const ridge = Math.sin(lane * Math.PI) * 1.25 + (tuft - 0.5) * 1.1
      gradient(out, [furrow, mix(furrow, row, 0.6), row, bright], ridge * 0.62 + 0.05)
      const speck = noise.at(across * 30, 70 / near)
      add(out, bright, smoothstep(0.66, 0.95, speck) * smoothstep(0.3, 0.8, ridge) * 0.45)
      blend(out, mix(row, low, 0.35), far * 0.75)
      add(out, low, 0.16 * Math.exp(-depth * 9))
    },
    detail: 0.52
  }
}
