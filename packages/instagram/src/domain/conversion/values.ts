import colorNames from 'color-name'
import { refuseParameter } from './refusal.ts'

/** Reads one parameter's text; refuses with the parameter's name. */
export type Read<Value> = (text: string, name: string) => Value

/** Red, green and blue 0 to 255, alpha 0 to 1. */
export interface Colour { r: number, g: number, b: number, alpha: number }

export interface Rectangle { left: number, top: number, width: number, height: number }

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)$/

export function integer (min: number, max: number, unit = ''): Read<number> {
  return (text, name) => {
    const value = DECIMAL.test(text) ? Number(text) : NaN
    return Number.isInteger(value) && value >= min && value <= max ? value + 0 : refuseParameter(name, `a whole number from ${min} to ${max}${unit}`, text)
  }
}

export function decimal (min: number, max: number): Read<number> {
  return (text, name) => {
    const value = DECIMAL.test(text) ? Number(text) : NaN
    return value >= min && value <= max ? value + 0 : refuseParameter(name, `a number from ${min} to ${max}`, text)
  }
}

export function oneOf<const Name extends string> (names: readonly Name[]): Read<Name> {
  return (text, parameter) => names.find(name => name === text.toLowerCase()) ?? refuseParameter(parameter, `one of ${names.join(', ')}`, text)
}

export const flag: Read<boolean> = (text, name) => {
  if (['true', '1', 'yes'].includes(text.toLowerCase())) return true
  if (['false', '0', 'no'].includes(text.toLowerCase())) return false
  return refuseParameter(name, 'true or false', text)
}

/** A flag, or the amount that goes with it: `true` is the default amount, `false` is none. */
export function flagOr (read: Read<number>, whenTrue: number): Read<number | undefined> {
  return (text, name) => text === 'true' ? whenTrue : text === 'false' ? undefined : read(text, name)
}

/** 3, 6 or 8 hexadecimal digits with or without `#`, a CSS colour name, or `transparent`. */
export const colour: Read<Colour> = (text, name) => {
  if (text.toLowerCase() === 'transparent') return { r: 0, g: 0, b: 0, alpha: 0 }
  const named = (Object.entries(colorNames) as Array<[string, [number, number, number]]>).find(([known]) => known === text.toLowerCase())?.[1]
  if (named !== undefined) return { r: named[0], g: named[1], b: named[2], alpha: 1 }
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text)?.[1]
  if (digits === undefined) return refuseParameter(name, 'a colour: 3, 6 or 8 hexadecimal digits, a CSS colour name, or transparent', text)
  const full = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits
  const channel = (at: number): number => Number.parseInt(full.slice(at, at + 2), 16)
  return { r: channel(0), g: channel(2), b: channel(4), alpha: full.length === 8 ? channel(6) / 255 : 1 }
}

/** `x,y,width,height`, with or without brackets. */
export const rectangle: Read<Rectangle> = (text, name) => {
  const parts = text.replace(/^\[|\]$/g, '').split(',').map(part => part.trim())
  const [left, top, width, height] = parts.map(part => DECIMAL.test(part) ? Math.trunc(Number(part)) : NaN)
  const isWhole = parts.length === 4 && [left, top, width, height].every(value => Number.isFinite(value) && Math.abs(value as number) <= 100_000)
  if (!isWhole || (width as number) < 1 || (height as number) < 1) return refuseParameter(name, 'x,y,width,height: four numbers up to 100000, width and height at least 1', text)
  return { left: left as number, top: top as number, width: width as number, height: height as number }
}

/** Words of a fixed set, comma-separated, each axis at most once. */
export function placement (defaults: { vertical: Vertical, horizontal: Horizontal }): Read<Placement> {
  return (text, name) => {
    const words = text.toLowerCase().replace(/^\[|\]$/g, '').split(',').map(word => word.trim())
    const vertical = words.filter(word => isOneOf(VERTICALS, word))
    const horizontal = words.filter(word => isOneOf(HORIZONTALS, word))
    if (vertical.length > 1 || horizontal.length > 1 || vertical.length + horizontal.length !== words.length) {
      return refuseParameter(name, `one of ${VERTICALS.join(', ')} and one of ${HORIZONTALS.join(', ')}, with a comma between them`, text)
    }
    const centred = words.length === 1
    return {
      vertical: (vertical[0] as Vertical | undefined) ?? (centred ? 'middle' : defaults.vertical),
      horizontal: (horizontal[0] as Horizontal | undefined) ?? (centred ? 'center' : defaults.horizontal)
    }
  }
}

const VERTICALS = ['top', 'middle', 'bottom'] as const
const HORIZONTALS = ['left', 'center', 'right'] as const
export type Vertical = typeof VERTICALS[number]
export type Horizontal = typeof HORIZONTALS[number]
export interface Placement { vertical: Vertical, horizontal: Horizontal }

function isOneOf (names: readonly string[], word: string): boolean {
  return names.includes(word)
}

export function text (maxLength: number): Read<string> {
  return (value, name) => [...value].length <= maxLength ? value : refuseParameter(name, `at most ${maxLength} characters`, value)
}
