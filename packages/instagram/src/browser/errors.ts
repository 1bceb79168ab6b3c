/** What each number means; the numbers are the ones that `filepicker` has always used. */
const MEANINGS = {
  101: 'The picker was closed without a choice',
  102: 'Picking failed',
  111: 'This browser cannot read files',
  112: 'This browser cannot read from other sites',
  113: 'The other site does not allow reading',
  114: 'The other site answered with an error',
  115: 'The file was not found',
  116: 'The file cannot be read',
  117: 'Reading was stopped',
  118: 'Reading failed',
  121: 'The place to write to was not found',
  122: 'The content, or the address of it, cannot be used',
  123: 'Writing failed',
  131: 'The export was closed',
  132: 'The export failed',
  141: 'The file to convert was not found',
  142: 'The file cannot be converted in this way',
  143: 'The conversion failed',
  151: 'The place to store in cannot be reached',
  152: 'The address cannot be fetched',
  153: 'Storing failed',
  161: 'The file to describe was not found',
  162: 'The description could not be fetched',
  163: 'Describing failed',
  171: 'The file to remove was not found, or is removed already',
  172: 'The place where the file lies cannot be reached',
  173: 'Removing failed',
  400: 'The request is not right; a policy and signature may be missing',
  403: 'The policy and signature do not allow this'
} as const

export type PickerErrorCode = keyof typeof MEANINGS

/** What every promise of this client rejects with, except for an abort, which rejects with the signal's reason. */
export class PickerError extends Error {
  override readonly name = 'PickerError'
  readonly code: PickerErrorCode
  /** HTTP status of the server's refusal; absent when there was no answer. */
  readonly status: number | undefined
  /** The server's own code, such as `SOURCE_GONE`. */
  readonly reason: string | undefined

  constructor (code: PickerErrorCode, answer: { status?: number | undefined, reason?: string | undefined } = {}) {
    super(MEANINGS[code])
    this.code = code
    this.status = answer.status
    this.reason = answer.reason
  }
}

export function isPickerErrorCode (code: unknown): code is PickerErrorCode {
  return typeof code === 'number' && code in MEANINGS
}
