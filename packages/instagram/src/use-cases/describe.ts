import type { FileRecord } from '../domain/file.ts'
import type { Files } from '../domain/ports.ts'

/** What can be asked about a file. @see fact sheet §2.2 */
export const FLAGS = ['size', 'mimetype', 'filename', 'uploaded', 'writeable', 'location', 'path', 'container'] as const

type Flag = typeof FLAGS[number]

export type FileFacts = Record<string, unknown>

/** The facts that were asked for; without a question all that cost nothing. */
export async function describe (_services: { files: Files }, record: FileRecord, asked: Partial<Record<string, unknown>>): Promise<FileFacts> {
  const wanted = FLAGS.filter(flag => asked[flag] === true)
  const cheap = cheapFacts(record)
  return Object.fromEntries((wanted.length === 0 ? FLAGS : wanted).map(flag => [flag, cheap[flag]]))
}

function cheapFacts (record: FileRecord): Record<Flag, unknown> {
  const { source, size, mimetype, filename, createdAtMs: uploaded } = record
  const stored = source.kind === 'stored' ? source : undefined
  return { size, mimetype, filename, uploaded, writeable: stored !== undefined, location: stored?.location, path: stored?.key, container: stored?.container }
}
