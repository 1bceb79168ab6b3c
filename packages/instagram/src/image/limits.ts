/** What one conversion may cost. */
export interface ConversionLimits {
  /** Bytes of a source. @defaultValue 40 MiB */
  sourceBytes: number
  /** Pixels of a source's picture. @defaultValue 50 million */
  sourcePixels: number
  /** Pictures of an animation. @defaultValue 200 */
  frames: number
  /** Pixels of all pictures of an animation. @defaultValue 50 million */
  framePixels: number
  /** Time of one conversion, after which its process is killed. @defaultValue 10 s */
  deadlineMs: number
}

export const DEFAULT_LIMITS: ConversionLimits = {
  sourceBytes: 40 * 1024 * 1024,
  sourcePixels: 50_000_000,
  frames: 200,
  framePixels: 50_000_000,
  deadlineMs: 10_000
}
