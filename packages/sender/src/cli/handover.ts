import { rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** What `serve` leaves beside its SQLite file, so that other commands on that file find it. */
export interface Handover {
  url: string
  /** Made anew at each start; only the owner of the file can read it. */
  token: string
}

const pathOf = (database: string): string => `${database}-server`

/** @returns the function that takes it away again */
export function leaveHandover (database: string, handover: Handover): () => void {
  writeFileSync(pathOf(database), JSON.stringify(handover), { mode: 0o600 })
  return () => rmSync(pathOf(database), { force: true })
}

export async function readHandover (database: string): Promise<Handover | undefined> {
  try {
    return JSON.parse(await readFile(pathOf(database), 'utf8')) as Handover
  } catch {
    return undefined
  }
}
