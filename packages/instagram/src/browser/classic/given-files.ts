import { FilepickerException } from './exceptions.ts'

/**
 * The url of a blob, or the url itself.
 *
 * @param purpose - what it was given for, in the words of the exception
 * @throws {FilepickerException} for anything else
 */
export function blobUrl (input: unknown, purpose: string): string {
  const url = typeof input === 'string' ? input : (input as { url?: unknown } | null | undefined)?.url
  if (typeof url !== 'string' || url === '') throw new FilepickerException(`Invalid file to ${purpose}: ${String(input)}. Not a filepicker url or FPFile object.`)
  return url
}

/**
 * What bytes can be taken from: a text, a file, the input of a form, or a blob.
 *
 * @param purpose - what it was given for, in the words of the exception
 * @throws {FilepickerException} for anything else
 */
export function contentOf (input: unknown, purpose: string): string | Blob | HTMLInputElement | { url: string } {
  if (typeof input === 'string' || input instanceof Blob || input instanceof HTMLInputElement) return input
  if (typeof input === 'object' && input !== null && 'url' in input && typeof input.url === 'string') return input as { url: string }
  throw new FilepickerException(`Cannot ${purpose} given input: ${String(input)}. Not a string, file input, DOM File, or FPFile object.`)
}
