import type { FileBlob } from '../types.ts'

const DELAY_MS = 1

/** What `debug: true` answers in place of a dialog, for pages that are being built. */
export async function debugBlob (): Promise<FileBlob> {
  await new Promise(resolve => setTimeout(resolve, DELAY_MS))
  return { id: 1, url: 'https://www.filepicker.io/api/file/-nBq2onTSemLBxlcBWn1', filename: 'test.png', mimetype: 'image/png', size: 58979, client: 'computer', isWriteable: true }
}
