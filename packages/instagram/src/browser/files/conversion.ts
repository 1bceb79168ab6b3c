/** What a conversion may ask for. Pixels, percent and degrees are numbers, not texts. */
export interface Conversion {
  width?: number
  height?: number
  fit?: 'clip' | 'crop' | 'scale' | 'max'
  align?: string
  /** `x,y,width,height`, or the four numbers. */
  crop?: string | readonly [number, number, number, number]
  crop_first?: boolean
  format?: string
  /** 1 to 100. */
  quality?: number
  compress?: boolean
  /** Degrees clockwise, or `exif`. */
  rotate?: number | 'exif'
  exif?: string | boolean
  filter?: string
  blurAmount?: number
  sharpenAmount?: number
  watermark?: string
  watermark_size?: number
  watermark_position?: string
  page?: number
  secure?: boolean
  text?: string
  text_align?: string
  text_color?: string
  text_font?: string
  text_size?: number
  text_padding?: number
}
