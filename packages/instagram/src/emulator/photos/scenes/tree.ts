import { add, blend, gradient, mix, smoothstep, type Rgb } from '../colour.ts'
import { tabulate } from '../noise.ts'
import type { Random } from '../random.ts'
import type { Scene } from '../scene.ts'

/** A bare tree grown branch by branch, as SVG paths. */
function growTree (random: Random, x: number, y: number, height: number, colour: string): string {
  const paths: string[] = []
  const grow = (fromX: number, fromY: number, angle: number, length: number, width: number): void => {
    const bend = random.between(-0.22, 0.22)
    const [toX, toY] = [fromX + Math.cos(angle) * length, fromY + Math.sin(angle) * length]
    const [midX, midY] = [fromX + Math.cos(angle + bend) * length * 0.55, fromY + Math.sin(angle + bend) * length * 0.55]
    paths.push(`<path d="M${fromX.toFixed(1)} ${fromY.toFixed(1)}Q${midX.toFixed(1)} ${midY.toFixed(1)} ${toX.toFixed(1)} ${toY.toFixed(1)}" stroke-width="${width.toFixed(2)}"/>`)
    if (length < height * 0.027) return
    const children = length > height * 0.12 ? 3 : 2
    for (let child = 0; child < children; child++) {
      const spread = (child - (children - 1) / 2) * random.between(0.42, 0.75) + random.between(-0.2, 0.2)
      grow(toX, toY, angle + spread - (angle + Math.PI / 2) * 0.06, length * random.between(0.66, 0.8), width * 0.66)
    }
  }
  grow(x, y, -Math.PI / 2 + random.between(-0.08, 0.08), height * 0.26, height * 0.034)
  return `<g fill="none" stroke="${colour}" stroke-linecap="round">${paths.join('')}</g>`
}

/** One bare tree on a hill, early light behind it. Palette: sky top, sky middle, sky low, ground. */
export const loneTree: Scene = ({ aspect, random, noise, palette }) => {
  const [top, middle, low, ground] = palette as [Rgb, Rgb, Rgb, Rgb]
  const at = random.between(0.3, 0.7)
  const hill = tabulate(aspect, x => 0.8 - 0.07 * Math.cos((x / aspect - at) * 3.2) - noise.fractal(x * 4, 3, 3) * 0.02)
  const far = tabulate(aspect, x => 0.77 - noise.fractal(x * 2.4 + 30, 6, 4) * 0.1)
  const css = `rgb(${ground.map(value => Math.round(value * 200)).join(',')})`
  const [x, y] = [at * aspect, hill(at * aspect)]
  return {
    shader: (px, py, out) => {
      gradient(out, [top, middle, mix(middle, low, 0.6), low], py / 0.78)
      blend(out, mix(low, middle, 0.3), smoothstep(0.48, 0.78, noise.fractal(px * 1.5 + 9, py * 5, 4)) * 0.55)
      add(out, low, 0.42 * Math.exp(-Math.hypot(px - x + 0.12, py - 0.66) * 3.6))
      const distant = py - far(px)
      if (distant > 0) blend(out, mix(ground, low, 0.72), smoothstep(0, 0.003, distant) * (1 - smoothstep(0, 0.12, distant) * 0.6))
      const below = py - hill(px)
      if (below < 0) return
      const grass = noise.fractal(px * 130, py * 90, 3)
      blend(out, mix(ground, low, 0.12 + grass * 0.22), smoothstep(0, 0.003 + grass * 0.004, below))
      add(out, low, 0.25 * Math.exp(-below * 60) * grass)
    },
    overlay: growTree(random, x * 1000, y * 1000 + 6, random.between(440, 560), css)
  }
}

/** Tall trunks in fog with light between them. Palette: fog, light, far trunk, near trunk, floor. */
export const forest: Scene = ({ aspect, random, noise, palette }) => {
  const [fog, light, far, near, floor] = palette as [Rgb, Rgb, Rgb, Rgb, Rgb]
  const sun = { x: aspect * random.between(0.3, 0.7), y: random.between(0.05, 0.3) }
  const layers = Array.from({ length: 4 }, (_, index) => {
    const depth = index / 3
    const trunks = Array.from({ length: 13 - index * 3 }, () => ({ x: random.between(-0.1, aspect + 0.1), lean: random.between(-0.035, 0.035), width: (0.009 + depth * 0.026) * random.between(0.6, 1.35) }))
    const foot = tabulate(aspect, x => 0.74 + depth * 0.2 + (noise.fractal(x * 3 + depth * 20, 4, 3) - 0.5) * 0.09)
    return { depth, trunks, foot, colour: mix(far, near, depth ** 1.2) }
  })
  return {
    shader: (x, y, out) => {
      const distance = Math.hypot(x - sun.x, (y - sun.y) * 0.8)
      gradient(out, [mix(fog, light, 0.4), fog, mix(fog, floor, 0.5)], y * 0.9)
      const angle = Math.atan2(y - sun.y, x - sun.x)
      const ray = noise.fractal(Math.cos(angle) * 5 + 30, Math.sin(angle) * 5 + 30, 3)
      add(out, light, 0.5 * Math.exp(-distance * 3) + Math.exp(-distance * 1.6) * smoothstep(0.42, 0.75, ray) * 0.28)
      for (const { depth, trunks, foot, colour } of layers) {
        const ground = foot(x)
        for (const trunk of trunks) {
          const across = (x - trunk.x - trunk.lean * (1 - y) * 3) / trunk.width
          if (across < -1.1 || across > 1.1 || y > ground + 0.02) continue
          const bark = 0.82 + 0.36 * noise.fractal(across * 3 + trunk.x * 40, y * 9, 2) - across * 0.2 * (sun.x > x ? -1 : 1)
          blend(out, [colour[0] * bark, colour[1] * bark, colour[2] * bark], smoothstep(1, 0.86, Math.abs(across)) * (0.55 + depth * 0.45))
        }
        const fern = y < ground - 0.036 ? 0 : noise.fractal(x * (30 - depth * 12), y * 34, 3)
        const below = y - ground + (fern - 0.5) * 0.07
        if (below > 0) blend(out, mix(mix(floor, fog, (1 - depth) * 0.62), near, fern * 0.5), smoothstep(0, 0.02, below) * (0.6 + depth * 0.4))
        blend(out, fog, (1 - depth) * 0.15 * smoothstep(0.2, 0.8, y))
      }
      add(out, light, 0.13 * Math.exp(-distance * 2))
    },
    detail: 0.38
  }
}
