import { cpus, release, totalmem, type } from 'node:os'

/** The machine in a line, as the pages of measurements begin. */
export function machineLine (): string {
  const [{ model } = { model: 'unknown' }] = cpus()
  return `${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}, Node ${process.versions.node}`
}

/** A fenced block that holds a text as it is. */
export function textBlock (text: string): string {
  return `\`\`\`text\n${text}\n\`\`\`\n`
}

export function markdownTable (header: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const widths = header.map((cell, column) => Math.max(cell.length, 3, ...rows.map(row => (row[column] ?? '').length)))
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(header), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
