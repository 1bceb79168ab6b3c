/**
 * Headers of the dialog's pages: nothing inline runs, nothing foreign is loaded but a stylesheet of the page's own with its fonts, and only the
 * app's own pages may frame it.
 *
 * They are set outright, so that a host with a general policy (helmet, for one) neither opens them nor breaks the dialog:
 * `Cross-Origin-Opener-Policy: same-origin` would cut a dialog in a window off from the page that waits for it.
 */
export function pageHeaders (options: { origins: readonly string[], customCss?: string | undefined }): Record<string, string> {
  const looks = options.customCss === undefined ? undefined : new URL(options.customCss).origin
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': looks === undefined ? "'self'" : `'self' ${looks}`,
    ...(looks === undefined ? {} : { 'font-src': looks }),
    'img-src': "'self' data:",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': ["'self'", ...options.origins].join(' ')
  }
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': Object.entries(policy).map(entry => entry.join(' ')).join('; '),
    'cross-origin-opener-policy': 'unsafe-none',
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff'
  }
}
