/** Points on which Instagram's pages and its recorded answers differ, or which changed over time. The defaults follow the recordings. */
export interface EmulatorSwitches {
  /** Token answer: flat with a numeric `user_id`, or `{ data: [ … ] }` as printed in the documentation. */
  tokenAnswer: 'flat' | 'doc'
  /** `/me`: a flat object, or `{ data: [ … ] }` as printed in the documentation. */
  meAnswer: 'flat' | 'doc'
  /** `caption` and `media_product_type`, which the documentation gives to Facebook Login only: returned, or refused with code 100. */
  facebookLoginFields: 'returned' | 'refused'
  /** `permalink` of album children. */
  childPermalink: 'returned' | 'omitted'
  /** The last full page: no `next`, or a `next` that leads to an empty page. */
  trailingNext: 'absent' | 'emptyPage'
  /** An account without a role in a development-mode app: an error page, or a redirect with `access_denied`. */
  roleRefusal: 'page' | 'redirect'
  /** What a token answers after the account lost its role: 190/458, or code 100 "Unsupported request - method type: get". */
  lostRole: 'invalidToken' | 'unsupportedRequest'
  /** `DELETE /me/permissions`: kills the token, or code 100. */
  deletePermissions: 'success' | 'refused'
  /** `X-App-Usage` and `X-Business-Use-Case-Usage`. */
  usageHeaders: 'sent' | 'off'
  /** HTTP status of throttle errors (codes 4, 17, 613, 80002). */
  throttleStatus: 400 | 403
  /** Which secret signs `signed_request` and events. */
  callbackSecret: 'instagram' | 'meta'
  /** Language of `error_user_title` and `error_user_msg`, to prove that a client matches on codes. */
  userMessages: 'en' | 'de' | 'ja'
  /** Cross-Origin-Opener-Policy of the authorize page. */
  openerPolicy: 'none' | 'same-origin-allow-popups' | 'same-origin'
  /** The header `Range` of a CDN link: answered with 206 or 416, or as if it were not there. */
  cdnRanges: 'answered' | 'ignored'
}

/** What recordings of the real platform show. */
export const DEFAULT_SWITCHES: EmulatorSwitches = {
  tokenAnswer: 'flat',
  meAnswer: 'flat',
  facebookLoginFields: 'returned',
  childPermalink: 'returned',
  trailingNext: 'absent',
  roleRefusal: 'page',
  lostRole: 'invalidToken',
  deletePermissions: 'success',
  usageHeaders: 'sent',
  throttleStatus: 400,
  callbackSecret: 'instagram',
  userMessages: 'en',
  openerPolicy: 'none',
  cdnRanges: 'answered'
}
