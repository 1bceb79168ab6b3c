/** Where a file's bytes are. */
export type FileSource =
  | { kind: 'instagram' } & FileOrigin
  | { kind: 'url', url: string }
  | { kind: 'stored', location: string, container: string, key: string, access: 'public' | 'private', sha256: string }

/** The Instagram photo that a file was picked from, for a copy too. */
export interface FileOrigin {
  accountId: string
  mediaId: string
}

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
  /** Absent when the file does not come from Instagram. */
  origin: FileOrigin | undefined
}

/** A file before the database gives it its `id`. */
export type NewFile = Omit<FileRecord, 'id'>

/** One page of an account's files, newest first; `after` is absent on the last. */
export interface FilePage {
  items: FileRecord[]
  after?: string
}

export interface FileListRequest {
  /** API key of the app. @defaultValue the default app's */
  appKey?: string
  /** App-scoped id of the Instagram account. */
  accountId: string
  /** Cursor of the page before. */
  after?: string
  /** @defaultValue 100, at most 1,000 */
  limit?: number
}
