import type { Fault } from './fault.ts'

/** What a file must be to come in, and where it may go. */
export interface FileRules {
  /** `image/*`, `image/png`, `*\/*`, …; one of them has to fit the bytes. */
  mimetypes: readonly string[]
  /** With or without the dot, not case-sensitive; absent or empty allows any name. */
  extensions?: readonly string[]
  maxBytes: number
  minBytes?: number
  /** What a policy says about where a file may be kept and come from. @defaultValue anywhere */
  allowsPath?: (path: string) => boolean
  allowsContainer?: (container: string) => boolean
  allowsUrl?: (url: string) => boolean
}

export function faultOfType (rules: FileRules, mimetype: string, filename: string): Fault | undefined {
  if (!rules.mimetypes.some(pattern => matchesMimetype(mimetype, pattern))) {
    return { code: 'FILE_TYPE_NOT_ALLOWED', message: `the file must be one of ${rules.mimetypes.join(', ')}; its bytes are ${mimetype}` }
  }
  const extensions = (rules.extensions ?? []).map(withoutDot)
  if (extensions.length > 0 && !extensions.some(extension => filename.toLowerCase().endsWith(`.${extension}`))) {
    return { code: 'FILE_TYPE_NOT_ALLOWED', message: `the file's name must end in one of ${extensions.join(', ')}` }
  }
  return undefined
}

export function faultOfSize ({ maxBytes, minBytes = 0 }: FileRules, bytes: number): Fault | undefined {
  if (bytes === 0) return { code: 'FILE_EMPTY', message: 'the file has no bytes' }
  if (bytes < minBytes) return { code: 'FILE_TOO_SMALL', message: `the file has ${bytes} bytes, at least ${minBytes} are needed` }
  if (bytes > maxBytes) return { code: 'FILE_TOO_LARGE', message: `the file has ${bytes} bytes, allowed are ${maxBytes}` }
  return undefined
}

/** A `path` pattern is tried with and without the leading slash, which makes no difference to the key. */
export function faultOfPlace (rules: FileRules, path: string, container: string): Fault | undefined {
  const { allowsPath = () => true, allowsContainer = () => true } = rules
  const relative = path.replace(/^\/+/, '')
  if (!allowsPath(relative) && !allowsPath(`/${relative}`)) return { code: 'POLICY_DENIES', message: `policy does not permit the path ${JSON.stringify(path)}` }
  if (!allowsContainer(container)) return { code: 'POLICY_DENIES', message: `policy does not permit the container ${JSON.stringify(container)}` }
  return undefined
}

/** `image/*` fits every image, `*\/*` and `*` fit everything. */
export function matchesMimetype (mimetype: string, pattern: string): boolean {
  const wanted = pattern.trim().toLowerCase()
  if (wanted === '*/*' || wanted === '*') return true
  return wanted.endsWith('/*') ? mimetype.startsWith(wanted.slice(0, -1)) : mimetype === wanted
}

function withoutDot (extension: string): string {
  return extension.trim().toLowerCase().replace(/^\./, '')
}
