import type { Rgb } from '../colour.ts'
import type { Random } from '../random.ts'
import type { Scene } from '../scene.ts'
import { ridges } from './ridges.ts'
import { seaPlate } from './sea.ts'

const css = ([red, green, blue]: Rgb, light = 255): string => `rgb(${Math.round(red * light)},${Math.round(green * light)},${Math.round(blue * light)})`
const at = (...values: number[]): string => values.map(value => value.toFixed(1)).join(' ')

/** A small boat under sail, with its reflection. */
export const sailing: Scene = shot => {
  const { random, aspect, palette } = shot
  const horizon = random.between(0.4, 0.5)
  const [, , glow = [1, 1, 1], , near = [0, 0, 0]] = palette
  const boat = sailboat(random.between(0.28, 0.7) * aspect * 1000, (horizon + 0.075) * 1000, random.between(150, 190), css(glow, 235), css(near, 160))
  const distant = sailboat(random.between(0.1, 0.9) * aspect * 1000, (horizon + 0.008) * 1000, 30, css(glow, 205), css(near, 255))
  return { ...seaPlate(shot, horizon), overlay: distant + boat }
}

function sailboat (x: number, y: number, size: number, sail: string, hull: string): string {
  const shape = `<path fill="${sail}" d="M${at(x + size * 0.03, y - size * 0.98)}Q${at(x + size * 0.4, y - size * 0.5, x + size * 0.42, y - size * 0.07)}H${at(x + size * 0.03)}Z"/>` +
    `<path fill="${sail}" opacity=".82" d="M${at(x - size * 0.02, y - size * 0.88)}Q${at(x - size * 0.22, y - size * 0.4, x - size * 0.4, y - size * 0.06)}H${at(x - size * 0.02)}Z"/>` +
    `<path fill="${hull}" d="M${at(x - size * 0.48, y - size * 0.04)}H${at(x + size * 0.5)}Q${at(x + size * 0.42, y + size * 0.07, x + size * 0.3, y + size * 0.08)}H${at(x - size * 0.36)}Z"/>` +
    `<path stroke="${hull}" stroke-width="${at(size * 0.014)}" d="M${at(x, y)}V${at(y - size)}"/>`
  return `<g opacity=".2" transform="matrix(1 0 0 -.55 0 ${at(y * 1.55 + size * 0.16)})">${shape}</g>${shape}`
}

/** Gulls over open water. */
export const gulls: Scene = shot => {
  const horizon = shot.random.between(0.42, 0.52)
  const [, , , , near = [0, 0, 0]] = shot.palette
  return { ...seaPlate(shot, horizon), overlay: `<g fill="none" stroke="${css(near, 200)}" stroke-linecap="round">${flock(shot.random, shot.aspect, 15)}</g>` }
}

function flock (random: Random, aspect: number, count: number): string {
  const [cx, cy] = [aspect * random.between(350, 650), random.between(180, 280)]
  return Array.from({ length: count }, () => {
    const wing = 6 + random.next() ** 2 * 26
    const [x, y, lift, tilt] = [cx + (random.next() + random.next() - 1) * aspect * 420, cy + (random.next() - 0.5) * 260, random.between(0.25, 0.9) * wing, random.between(-0.3, 0.3) * wing]
    return `<path stroke-width="${at(wing * 0.13)}" d="M${at(x - wing, y - lift * 0.3 + tilt)}Q${at(x - wing * 0.4, y - lift, x, y)}Q${at(x + wing * 0.4, y - lift, x + wing, y - lift * 0.3 - tilt)}"/>`
  }).join('')
}

/** Hot-air balloons over the ridges. */
export const balloons: Scene = shot => {
  const plate = ridges(shot)
  const { random, aspect } = shot
  const cloths: ReadonlyArray<readonly [cloth: string, stripe: string]> = [['#c8452e', '#f2d7a8'], ['#e0a03a', '#7d2f38'], ['#37587d', '#e9e3d2'], ['#7b9a6d', '#f0e2bb']]
  const sizes = [92, 54, 40, 28, 20, 15]
  const drawn = sizes.map((size, index) => {
    const [cloth = '#fff', stripe = '#fff'] = cloths[index % cloths.length] ?? []
    return balloon(aspect * (140 + ((index * 397 + random.integer(0, 90)) % 720)), 130 + index * 38 + random.between(0, 90), size, cloth, stripe)
  })
  return { ...plate, overlay: `<defs><linearGradient id="lit"><stop offset="0" stop-color="#fff" stop-opacity=".32"/><stop offset=".45" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#1a1420" stop-opacity=".55"/></linearGradient></defs>${drawn.reverse().join('')}` }
}

function balloon (x: number, y: number, size: number, cloth: string, stripe: string): string {
  const skin = (width: number): string => `M${at(x, y - size)}C${at(x + size * 1.25 * width, y - size, x + size * 1.1 * width, y + size * 0.3, x + size * 0.2 * width, y + size)}H${at(x - size * 0.2 * width)}C${at(x - size * 1.1 * width, y + size * 0.3, x - size * 1.25 * width, y - size, x, y - size)}Z`
  const haze = 1 - Math.max(0, 60 - size) / 90
  return `<g opacity="${haze.toFixed(2)}"><path fill="${cloth}" d="${skin(1)}"/><path fill="${stripe}" d="${skin(0.7)}"/><path fill="${cloth}" d="${skin(0.36)}"/><path fill="url(#lit)" d="${skin(1)}"/>` +
    `<path stroke="#2a2320" stroke-width="${at(Math.max(0.7, size * 0.016))}" d="M${at(x - size * 0.18, y + size)}L${at(x - size * 0.1, y + size * 1.28)}M${at(x + size * 0.18, y + size)}L${at(x + size * 0.1, y + size * 1.28)}"/>` +
    `<rect fill="#3a2a20" x="${at(x - size * 0.12)}" y="${at(y + size * 1.27)}" width="${at(size * 0.24)}" height="${at(size * 0.18)}" rx="${at(size * 0.03)}"/></g>`
}

/** Someone on a rise, watching the sun go down over the sea. */
export const watcher: Scene = shot => {
  const { random, aspect, palette } = shot
  const horizon = random.between(0.5, 0.58)
  const [, , , , near = [0, 0, 0]] = palette
  const [x, ground] = [aspect * 1000 * random.between(0.3, 0.42), 835]
  const rise = `<path d="M-20 1010V${at(ground + 70)}C${at(x * 0.5, ground - 6, x, ground - 8, x + 60, ground + 4)}S${at(aspect * 760, 930, aspect * 1000 + 20, 975)}V1010Z"/>`
  return { ...seaPlate(shot, horizon), overlay: `<g fill="${css(near, 120)}">${rise}${person(x, ground + 3, 250)}</g>` }
}

/** Seen from behind: hair, coat, legs. */
function person (x: number, foot: number, height: number): string {
  const y = (share: number): number => foot - height * share
  const w = (share: number): number => height * share
  return `<ellipse cx="${at(x)}" cy="${at(y(0.92))}" rx="${at(w(0.052))}" ry="${at(w(0.068))}"/>` +
    `<path d="M${at(x - w(0.055), y(0.93))}Q${at(x - w(0.075), y(0.8), x - w(0.05), y(0.77))}H${at(x + w(0.05))}Q${at(x + w(0.075), y(0.8), x + w(0.055), y(0.93))}Z"/>` +
    `<path d="M${at(x - w(0.03), y(0.85))}C${at(x - w(0.12), y(0.83), x - w(0.135), y(0.74), x - w(0.14), y(0.46))}L${at(x - w(0.105), y(0.44))}L${at(x - w(0.1), y(0.34))}C${at(x - w(0.04), y(0.32), x + w(0.04), y(0.32), x + w(0.1), y(0.34))}L${at(x + w(0.105), y(0.44))}L${at(x + w(0.14), y(0.46))}C${at(x + w(0.135), y(0.74), x + w(0.12), y(0.83), x + w(0.03), y(0.85))}Z"/>` +
    `<path d="M${at(x - w(0.085), y(0.36))}L${at(x - w(0.065), y(0))}H${at(x - w(0.018))}L${at(x - w(0.004), y(0.36))}ZM${at(x + w(0.085), y(0.36))}L${at(x + w(0.07), y(0))}H${at(x + w(0.022))}L${at(x + w(0.004), y(0.36))}Z"/>`
}
