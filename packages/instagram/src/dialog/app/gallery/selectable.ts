import type { DialogConfig } from '../../config.ts'
import type { MediaListItem } from '../../../domain/media.ts'
import type { Messages } from '../text/messages.ts'

/** Why an entry cannot be chosen, in words for the person; `undefined` when it can. */
export function reasonAgainst (item: MediaListItem, config: DialogConfig, text: Messages): string | undefined {
  if (item.kind === 'video') return text.videoReason
  if (item.kind === 'carousel') return undefined
  if (item.thumbnail === undefined) return text.missingReason
  return isTypeTaken(item, config) ? undefined : text.typeReason
}

function isTypeTaken (item: MediaListItem, config: DialogConfig): boolean {
  if (config.extensions !== undefined) return config.extensions.some(extension => item.filename.toLowerCase().endsWith(extension) || (isJpeg(item) && JPEG_EXTENSIONS.has(extension)))
  return config.mimetypes.some(wished => matches(item.mimetype, wished.toLowerCase()))
}

/** One format, three names. */
const JPEG_EXTENSIONS: ReadonlySet<string> = new Set(['.jpg', '.jpeg', '.jpe'])

function isJpeg (item: MediaListItem): boolean {
  return item.mimetype === 'image/jpeg'
}

function matches (mimetype: string, wished: string): boolean {
  const [kind, subtype] = wished.split('/')
  return kind === '*' || (mimetype.startsWith(`${kind}/`) && (subtype === '*' || mimetype === wished || (wished === 'image/jpg' && mimetype === 'image/jpeg')))
}
