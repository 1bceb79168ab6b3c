import type { EncoderMode } from '../encode.ts'

/** What an operation may know beside its pixels and its settings. */
export interface Context {
  mode: EncoderMode
  /** The file of the picture to lay over, when the plan has a watermark. */
  overlayPath: string | undefined
}
