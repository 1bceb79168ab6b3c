import type { App } from '../../options.ts'
import type { EventDraft } from '../event.ts'
import type { FileRecord } from '../file.ts'

export interface ConverseDescription {
  /** The whole address of the conversion, without keys, policies and signatures. */
  url: string
  /** The file that was converted. */
  source: FileRecord
  app: App
  /** Where its bytes lie: `internal`, `amazon`, or the service of a symlink. */
  provider: string
  nowMs: number
}

/**
 * What is told when a file was converted: the source's record, with exactly the fields of Filestack's page.
 *
 * @see https://www.filestack.com/docs/instagram-integration
 */
export function converseEvent ({ url, source, app, provider, nowMs }: ConverseDescription): EventDraft {
  const appId = Number(app.instagramAppId)
  return {
    action: 'fp.converse',
    timestamp: Math.floor(nowMs / 1_000),
    text: {
      url,
      link: {
        writeable: true,
        mimetype: source.mimetype,
        handle: source.handle,
        url: pathOf(source),
        created_at: new Date(source.createdAtMs).toISOString(),
        provider,
        ...(Number.isSafeInteger(appId) ? { app_id: appId } : {}),
        filename: source.filename,
        mongo_id: null,
        _metadata: null,
        access_tokens: [],
        is_folder: false,
        persist: false,
        user_id: null,
        id: source.id,
        size: String(source.size ?? 0)
      }
    }
  }
}

/** Where the source lies, as a path and never as an address: those of Instagram die, and open what they point to. */
function pathOf ({ source, client }: FileRecord): string {
  if (source.kind === 'stored') return `${source.container}/${source.key}`
  return source.kind === 'instagram' ? `${client}/${source.mediaId}` : source.url
}
