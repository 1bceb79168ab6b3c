import { add, blend, gradient, mix, smoothstep, type Rgb } from '../colour.ts'
import type { Noise } from '../noise.ts'
import type { Random } from '../random.ts'
import type { Scene, Shader, Shot } from '../scene.ts'

/** Lights far out of focus: discs a little brighter at their rim. Palette: dark, haze, then the lights. */
export const bokeh: Scene = shot => ({ shader: bokehShader(shot, 0.085), detail: 0.4, grain: 9 })

/** The same, seen through a wet window. */
export const rain: Scene = shot => ({
  shader: bokehShader(shot, 0.07),
  overlay: drops(shot),
  detail: 0.26,
  grain: 8
})

function bokehShader ({ aspect, random, noise, palette: [dark = [0, 0, 0], haze = [0, 0, 0], ...lights] }: Shot, size: number): Shader {
  const level = random.between(0.4, 0.6)
  const discs = Array.from({ length: 46 }, () => {
    const spread = (random.next() + random.next() + random.next() - 1.5) * 0.42
    return { x: random.between(-0.05, aspect + 0.05), y: level + spread, radius: size * random.between(0.45, 1.1), strength: random.between(0.12, 0.62), colour: random.pick(lights) }
  })
  return (x, y, out) => {
    gradient(out, [dark, mix(dark, haze, 0.75), dark], y + (level - 0.5) * -1)
    add(out, haze, (noise.fractal(x * 1.5, y * 1.5, 2) - 0.4) * 0.4)
    for (const disc of discs) {
      const [dx, dy] = [x - disc.x, y - disc.y]
      const squared = dx * dx + dy * dy
      if (squared > disc.radius * disc.radius * 1.2) continue
      const distance = Math.sqrt(squared) / disc.radius
      const body = smoothstep(1.02, 0.94, distance) * (0.62 + 0.38 * distance ** 4)
      add(out, disc.colour, body * disc.strength)
    }
  }
}

/** Drops show the scene upside down: dark above, light below, a glint at the top. */
function drops ({ aspect, random, palette }: Shot): string {
  const [dark = [0, 0, 0], , light = [1, 1, 1]] = palette
  const css = ([red, green, blue]: Rgb): string => `rgb(${Math.round(red * 255)},${Math.round(green * 255)},${Math.round(blue * 255)})`
  const body = `<linearGradient id="b" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${css(mix(dark, [0, 0, 0], 0.3))}" stop-opacity=".5"/><stop offset=".55" stop-color="${css(mix(dark, light, 0.25))}" stop-opacity=".28"/><stop offset="1" stop-color="${css(mix(light, [1, 1, 1], 0.45))}" stop-opacity=".7"/></linearGradient>`
  const drop = (x: number, y: number, radius: number, stretch: number): string => {
    const point = (value: number): string => value.toFixed(1)
    return `<ellipse cx="${point(x)}" cy="${point(y)}" rx="${point(radius)}" ry="${point(radius * stretch)}" fill="url(#b)"/><ellipse cx="${point(x - radius * 0.28)}" cy="${point(y - radius * stretch * 0.42)}" rx="${point(radius * 0.24)}" ry="${point(radius * 0.16)}" fill="#fff" opacity=".75"/>`
  }
  const large = Array.from({ length: 60 }, () => drop(random.next() * aspect * 1000, random.next() * 1000, 6 + random.next() ** 3 * 26, random.between(0.95, 1.35)))
  const small = Array.from({ length: 170 }, () => drop(random.next() * aspect * 1000, random.next() * 1000, 1.2 + random.next() ** 3 * 5, random.between(0.9, 1.15)))
  const trails = Array.from({ length: 5 }, () => {
    const [x, from, length] = [random.next() * aspect * 1000, random.next() * 500, random.between(180, 480)]
    const beads = Array.from({ length: 9 }, (_, index) => drop(x + random.between(-3, 3), from + length * (index / 9) ** 0.9, 2 + index * 0.5, 1.3))
    return `<path d="M${x} ${from}v${length}" stroke="#fff" stroke-opacity=".07" stroke-width="13" stroke-linecap="round"/>${beads.join('')}${drop(x, from + length, 17, 1.4)}`
  })
  return `<defs>${body}</defs>${[...small, ...trails, ...large].join('')}`
}

/** Traffic in a long exposure. Palette: sky top, sky low, ground, white lights, red lights. */
export const trails: Scene = ({ aspect, random, noise, palette }) => {
  const [top, low, ground, white, red] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const horizon = random.between(0.4, 0.5)
  const vanish = aspect * random.between(0.42, 0.58)
  const bend = random.between(-0.5, 0.5)
  const lanes = [...laneSet(random, -1, white), ...laneSet(random, 1, red)]
  return {
    shader: (x, y, out) => {
      gradient(out, [top, mix(top, low, 0.55), low], y / horizon)
      const hill = horizon - 0.03 - skylineHill(noise, x)
      blend(out, ground, smoothstep(0, 0.004, y - hill))
      const lamp = noise.at(x * 60, y * 90)
      if (y > hill && y < horizon + 0.02) add(out, white, smoothstep(0.86, 0.95, lamp) * 0.8)
      if (y < horizon) return
      const depth = (y - horizon) / (1 - horizon)
      add(out, low, 0.05 + 0.05 * noise.at(x * 200, y * 200))
      const middle = vanish + bend * depth * (1 - depth)
      const near = 0.006 + depth
      for (const { lane, colour, strength, width } of lanes) {
        const distance = Math.abs(x - middle - lane * near) / near
        if (distance > 0.5) continue
        add(out, colour, strength * (Math.exp(-((distance / width) ** 2)) + 0.1 * Math.exp(-distance * 9)))
      }
    },
    detail: 0.52
  }
}

function laneSet (random: Random, side: number, colour: Rgb) {
  return Array.from({ length: 9 }, () => ({ lane: side * random.between(0.1, 0.62), colour, strength: random.between(0.3, 1.1), width: random.between(0.003, 0.011) }))
}

function skylineHill (noise: Noise, x: number): number {
  return noise.fractal(x * 3 + 9, 5, 4) * 0.07
}
