/** Where a file's bytes are. */
export type FileSource =
  | { kind: 'instagram', accountId: string, mediaId: string }
  | { kind: 'url', url: string }
  | { kind: 'stored', location: string, container: string | undefined, key: string, access: 'public' | 'private', sha256: string }

/** One handle: a symlink (source `instagram` or `url`) or a stored file (source `stored`). */
export interface FileRecord {
  /** Serial number, the `link.id` of `fp.converse`. */
  id: number
  handle: string
  appKey: string
  /** The browser session that made the handle; absent when a server made it. */
  sessionId: string | undefined
  filename: string
  mimetype: string
  /** Bytes; absent while a symlink's size is unknown. */
  size: number | undefined
  /** Service it came from: `Instagram`, `Computer`, `URL`, ... */
  client: string
  createdAtMs: number
  modifiedAtMs: number
  source: FileSource
}
