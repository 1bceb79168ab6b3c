import type { FileRecord } from '../domain/file.ts'

/** The answer that an address has for a file: everything but the bytes. */
export interface KnownAnswer {
  source: FileRecord
  contentKey: string
  etag: string
  /** Headers of a 304. */
  unchanged: Readonly<Record<string, string>>
  /** Headers of the result; its kind is known with it. */
  wholeOf: (mimetype: string) => Readonly<Record<string, string>>
}

/** About as many as there are results in memory. */
const MAX_ANSWERS = 2_048
const LONGEST_URL = 600

/**
 * Remembers answers by address, for as long as the file is what it was: reading a query takes longer than sending what it asks for. The
 * oldest makes room, whether it is still asked for or not: one that is comes back with its next request.
 */
export function createKnownAnswers () {
  const answers = new Map<string, KnownAnswer>()
  return {
    get (url: string, source: FileRecord, contentKey: string): KnownAnswer | undefined {
      const known = answers.get(url)
      const isSame = known?.source === source || (known?.contentKey === contentKey && known.source.filename === source.filename)
      return isSame ? known : undefined
    },
    set (url: string, answer: KnownAnswer): void {
      if (url.length > LONGEST_URL) return
      const [oldest = ''] = answers.size < MAX_ANSWERS ? [] : answers.keys()
      answers.delete(oldest)
      answers.set(url, answer)
    }
  }
}
