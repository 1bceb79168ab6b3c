import { stripVTControlCharacters } from 'node:util'

/** Columns as wide as their widest cell, two spaces apart; the last one ragged. */
export function table (rows: ReadonlyArray<readonly string[]>): string {
  const widths: number[] = []
  for (const row of rows) for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell))
  return rows.map(row => row
    .map((cell, column) => column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
    .join('  ')
    .trimEnd()).join('\n')
}

function widthOf (cell: string): number {
  return stripVTControlCharacters(cell).length
}
