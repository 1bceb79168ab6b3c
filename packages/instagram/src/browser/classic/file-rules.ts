/** What a drop pane takes. */
export interface FileRules {
  isMultiple: boolean
  maxFiles?: number
  /** Bytes. */
  maxSize?: number
  mimetypes: readonly string[]
  extensions?: readonly string[]
}

export interface FileProblem { type: 'TooManyFiles' | 'WrongType' | 'WrongSize' | 'NoFilesFound', message: string }

type FileFacts = Pick<File, 'name' | 'type' | 'size'>

/** The first rule that a drop breaks, with the original's words; `undefined` when all are kept. */
export function checkFiles (files: readonly FileFacts[], rules: FileRules): FileProblem | undefined {
  if (files.length === 0) return { type: 'NoFilesFound', message: 'No files uploaded' }
  if (files.length > 1 && !rules.isMultiple) return { type: 'TooManyFiles', message: 'Only one file at a time' }
  if (rules.maxFiles !== undefined && rules.maxFiles > 0 && files.length > rules.maxFiles) return { type: 'TooManyFiles', message: `Only ${rules.maxFiles} files at a time` }
  return files.map(file => checkFile(file, rules)).find(problem => problem !== undefined)
}

function checkFile (file: FileFacts, { mimetypes, extensions, maxSize }: FileRules): FileProblem | undefined {
  const name = file.name.toLowerCase()
  const hasExtension = extensions === undefined || extensions.some(extension => name.endsWith(extension.toLowerCase()))
  if (!hasExtension || !mimetypes.some(wished => matchesMimetype(file.type, wished))) return { type: 'WrongType', message: `${file.name} isn't the right type of file` }
  if (maxSize !== undefined && maxSize > 0 && file.size > maxSize) return { type: 'WrongSize', message: `${file.name} is too large (${file.size} Bytes)` }
  return undefined
}

/** Types that say nothing about the content. */
const VAGUE: ReadonlySet<string> = new Set(['application/octet-stream', 'application/download', 'application/force-download', 'octet/stream', 'application/unknown', 'application/x-download', 'application/x-msdownload', 'application/x-secure-download'])

export function matchesMimetype (mimetype: string, wished: string): boolean {
  const [kind, subtype] = wished.trim().toLowerCase().split('/')
  const [ownKind, ownSubtype] = mimetype.trim().toLowerCase().split('/')
  if (mimetype === '') return wished === '*/*'
  if (kind === '*' || VAGUE.has(mimetype.toLowerCase())) return true
  return kind === ownKind && (subtype === '*' || subtype === ownSubtype)
}
