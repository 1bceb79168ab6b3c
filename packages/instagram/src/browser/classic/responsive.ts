export interface ResponsiveOptions {
  /** Widths are rounded up to a multiple of so many pixels. @defaultValue 10 */
  pixelRound?: number
  /** Which changes of the element's width load another size. @defaultValue 'all' */
  onResize?: 'all' | 'up' | 'down' | 'none'
}

/** `img[data-fp-src]`: loads the photo in the width in which it is shown. */
export function createResponsive () {
  let options: Required<ResponsiveOptions> = { pixelRound: 10, onResize: 'all' }
  const observed = new WeakSet<HTMLImageElement>()

  function load (image: HTMLImageElement): void {
    const address = image.dataset.fpSrc
    const shown = Number(image.dataset.fpShown ?? 0)
    const step = Number(image.dataset.fpPixelRound ?? options.pixelRound)
    const width = Math.ceil(image.clientWidth * window.devicePixelRatio / step) * step
    const when = image.dataset.fpOnResize ?? options.onResize
    const isWanted = shown === 0 || (when === 'all' && width !== shown) || (when === 'up' && width > shown) || (when === 'down' && width < shown)
    if (address === undefined || width === 0 || !isWanted) return
    image.dataset.fpShown = String(width)
    image.src = converted(address, { w: String(width), quality: image.dataset.fpImageQuality, policy: image.dataset.fpPolicy, signature: image.dataset.fpSignature })
  }

  function construct (image: HTMLImageElement): void {
    if (observed.has(image)) return load(image)
    observed.add(image)
    new ResizeObserver(() => load(image)).observe(image)
  }
  return {
    construct,
    setOptions: (given: ResponsiveOptions = {}): void => { options = { ...options, ...given } },
    update (element?: unknown): void {
      if (element instanceof HTMLImageElement) construct(element)
      else document.querySelectorAll<HTMLImageElement>('img[data-fp-src]').forEach(construct)
    }
  }
}

function converted (address: string, parameters: Record<string, string | undefined>): string {
  const url = new URL(address, window.location.href)
  if (!url.pathname.endsWith('/convert')) url.pathname += '/convert'
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}
