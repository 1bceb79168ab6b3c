import { GraphError } from '../errors.ts'

/** The publishing refusals by name. @see facts of the reference page "Error codes" */
const PUBLISH_ERRORS = {
  quotaReached: [9, 2207042, 'Maximum number of posts reached'],
  containerUnknown: [24, 2207008, 'The media builder with this creation id does not exist or has been expired'],
  mediaTypeUnknown: [100, 2207023, 'The media type is unknown'],
  carouselSize: [100, 2207028, 'A carousel needs 2 to 10 items'],
  tagInvalid: [100, 2207037, 'A user tag is invalid'],
  tooManyTags: [100, 2207040, 'Too many tags: at most 20 @ and 30 #'],
  videoUnsupported: [352, 2207026, 'The video format is not supported'],
  fetchFailed: [9004, 2207052, 'Only photo or video can be accepted as media type.'],
  notReady: [9007, 2207027, 'Media ID is not available'],
  imageTooLarge: [36000, 2207004, 'The image size is too large.'],
  formatUnsupported: [36001, 2207005, 'The image format is not supported'],
  ratioUnsupported: [36003, 2207009, 'The aspect ratio is not supported'],
  captionTooLong: [36004, 2207010, 'The caption was too long']
} as const

/** A publishing refusal, with its code and subcode. */
export function publishError (name: keyof typeof PUBLISH_ERRORS): GraphError {
  const [code, subcode, message] = PUBLISH_ERRORS[name]
  return new GraphError({ message, type: 'OAuthException', code, error_subcode: subcode, is_transient: false })
}
