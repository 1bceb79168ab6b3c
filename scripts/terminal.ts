// Whole blocks for a log; for a person also one line at the end that says how far it is.
const { stdout } = process
let progress = ''

export function print (block: string): void {
  eraseProgress()
  stdout.write(`${block}\n`)
  stdout.write(progress)
}

/** Says how far it is; with nothing to say, the line is gone. A log never holds it. */
export function showProgress (line = ''): void {
  if (!stdout.isTTY) return
  eraseProgress()
  progress = line
  stdout.write(progress)
}

function eraseProgress (): void {
  if (progress !== '') stdout.write('\r\u001b[K')
}
