/** A colour as three display values, 0 to 1. */
export type Rgb = readonly [red: number, green: number, blue: number]
/** Where a shader leaves its colour; reused for every pixel. */
export type Pixel = [red: number, green: number, blue: number]

/** Reads `#rrggbb`. */
export function hex (code: string): Rgb {
  const value = parseInt(code.slice(1), 16)
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}

/** Replaces the colour. */
export function set (out: Pixel, colour: Rgb): void {
  out[0] = colour[0]
  out[1] = colour[1]
  out[2] = colour[2]
}

/** Moves `out` towards a colour; 0 leaves it, 1 replaces it. */
export function blend (out: Pixel, colour: Rgb, amount: number): void {
  out[0] += (colour[0] - out[0]) * amount
  out[1] += (colour[1] - out[1]) * amount
  out[2] += (colour[2] - out[2]) * amount
}

/** Adds light. */
export function add (out: Pixel, colour: Rgb, amount: number): void {
  out[0] += colour[0] * amount
  out[1] += colour[1] * amount
  out[2] += colour[2] * amount
}

/** Writes the colour at `position` (0 to 1) of evenly spaced stops. */
export function gradient (out: Pixel, stops: readonly Rgb[], position: number): void {
  const place = clamp(position) * (stops.length - 1)
  const index = Math.min(stops.length - 2, Math.floor(place))
  const [from, to] = [stops[index], stops[index + 1]]
  if (from === undefined || to === undefined) return
  set(out, from)
  blend(out, to, place - index)
}

/** A colour between two. */
export function mix (from: Rgb, to: Rgb, amount: number): Rgb {
  const out: Pixel = [...from]
  blend(out, to, amount)
  return out
}

/** The value, or the nearer bound. */
export const clamp = (value: number, low = 0, high = 1): number => value < low ? low : value > high ? high : value

/** 0 below `low`, 1 above `high`, smooth between. */
export function smoothstep (low: number, high: number, value: number): number {
  const position = clamp((value - low) / (high - low))
  return position * position * (3 - 2 * position)
}
