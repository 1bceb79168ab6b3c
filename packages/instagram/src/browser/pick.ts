import { openDialog } from './dialog/open-dialog.ts'
import { PickerError } from './errors.ts'
import type { DialogOptions, FileBlob, MultipleOptions, StoreTarget } from './types.ts'

/**
 * Lets the person pick one photo. Its url stays a link to Instagram. Call it in the click itself, so that a window may open.
 *
 * @throws {PickerError} 101 when the person closes the dialog, 102 when picking fails
 */
export async function pick (options: DialogOptions = {}): Promise<FileBlob> {
  const [blob] = await openDialog({ ...options, isMultiple: false })
  if (blob === undefined) throw new PickerError(102)
  return blob
}

/**
 * Lets the person pick several photos.
 *
 * @throws {PickerError} 101 when the person closes the dialog, 102 when picking fails
 */
export async function pickMultiple (options: MultipleOptions = {}): Promise<FileBlob[]> {
  return await openDialog({ ...options, isMultiple: true })
}

/**
 * Lets the person pick photos and copies them to a location of the server's.
 *
 * @returns a list, also of one
 * @throws {PickerError} 101 when the person closes the dialog, 102 when picking fails
 * @throws {TypeError} for several photos and a path that is no folder
 */
export async function pickAndStore (options: MultipleOptions & { multiple?: boolean }, store: StoreTarget = {}): Promise<FileBlob[]> {
  const isMultiple = options.multiple ?? false
  if (isMultiple && store.path !== undefined && !store.path.endsWith('/')) throw new TypeError('path must end in "/" when several photos may be picked')
  return await openDialog({ ...options, isMultiple, store })
}
