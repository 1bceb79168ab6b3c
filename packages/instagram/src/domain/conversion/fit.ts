import type { ResizeSettings } from './geometry.ts'

export interface Size { width: number, height: number }

/** What a resize asks for: the whole picture at this size, of which `box` is kept. */
export interface Fitted {
  scaled: Size
  box: Size
}

/** The sizes that a resize gives, in whole pixels, at least 1. */
export function fitted (source: Size, { width, height, fit }: ResizeSettings): Fitted {
  if (width !== undefined && height !== undefined) {
    if (fit === 'scale') return same({ width, height })
    if (fit === 'crop') return { scaled: times(source, Math.max(width / source.width, height / source.height), { width, height }), box: { width, height } }
  }
  const factor = Math.min((width ?? Infinity) / source.width, (height ?? Infinity) / source.height)
  return same(times(source, fit === 'max' ? Math.min(1, factor) : factor))
}

/** The part of an area that lies on the picture, or `undefined` when none does. */
export function overlap (source: Size, area: { left: number, top: number } & Size): { left: number, top: number } & Size | undefined {
  const left = Math.max(0, area.left)
  const top = Math.max(0, area.top)
  const width = Math.min(source.width, area.left + area.width) - left
  const height = Math.min(source.height, area.top + area.height) - top
  return width > 0 && height > 0 ? { left, top, width, height } : undefined
}

function same (size: Size): Fitted {
  return { scaled: size, box: size }
}

function times ({ width, height }: Size, factor: number, atLeast: Size = { width: 1, height: 1 }): Size {
  return {
    width: Math.max(atLeast.width, Math.round(width * factor)),
    height: Math.max(atLeast.height, Math.round(height * factor))
  }
}
