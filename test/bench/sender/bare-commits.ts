import { DatabaseSync } from 'node:sqlite'

/** What the disk itself allows, for one second: one row, one fsync, nothing else. Answers the milliseconds of each. */
export function bareCommits (path: string): number[] {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (text TEXT)')
  const insert = database.prepare('INSERT INTO rows VALUES (?)')
  const times: number[] = []
  for (const startedAt = performance.now(); performance.now() - startedAt < 1_000;) {
    const before = performance.now()
    insert.run('a row')
    times.push(performance.now() - before)
  }
  database.close()
  return times
}
