import sharp from 'sharp'

/** Loaders that may run; every other one of libvips, SVG, PDF and TIFF among them, is shut. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map(name => `VipsForeignLoad${name}`)

/** Sets up libvips for this process: no cache of operations, one thread for one picture, five kinds of source. */
export function prepareSharp (): void {
  sharp.cache(false)
  sharp.concurrency(1)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: LOADERS })
}
