/** One thing to be measured: `run` does the work this many times. */
export interface Contender { readonly name: string, readonly run: (times: number) => unknown }

/** Middle value of a list. */
export function median (values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN
}

export interface RoundOptions {
  /** @defaultValue 7 */
  readonly rounds?: number
  /** Processor time that one turn of one contender should take. @defaultValue 100 */
  readonly turnMs?: number
}

/**
 * Runs the contenders in turn, round after round, so that a busy machine troubles them all alike. Answers the median operations per
 * second of processor time (user and system) of each.
 */
export function compare (contenders: readonly Contender[], { rounds = 7, turnMs = 100 }: RoundOptions = {}): Map<string, number> {
  const times = contenders.map(contender => timesFor(contender, turnMs))
  const rates = contenders.map((): number[] => [])
  for (let round = 0; round < rounds; round += 1) {
    // Each round begins with another one, or one and the same would always clear away what the one before it has left.
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const index = (round + turn) % contenders.length
      const contender = contenders[index]
      if (contender) rates[index]?.push(rateOf(contender, times[index] ?? 1))
    }
  }
  return new Map(contenders.map(({ name }, index) => [name, median(rates[index] ?? [])]))
}

function rateOf ({ run }: Contender, times: number): number {
  const before = process.cpuUsage()
  run(times)
  const { user, system } = process.cpuUsage(before)
  return times / ((user + system) / 1e6)
}

// Doubles until a turn is long enough, which warms the code up as well.
function timesFor (contender: Contender, turnMs: number): number {
  for (let times = 16; ; times *= 2) {
    const rate = rateOf(contender, times)
    if (times / rate * 1000 >= turnMs / 2) return Math.ceil(rate * turnMs / 1000)
  }
}

/** Prints rates and ratios as a table. */
export function print (title: string, rates: ReadonlyMap<string, number>, against: string): void {
  console.log(`\n${title}`)
  for (const [name, rate] of rates) {
    const ratios = [...rates].filter(([other]) => other !== name).map(([other, otherRate]) => `${(rate / otherRate).toFixed(2)} × ${other}`)
    console.log(`  ${name.padEnd(28)} ${Math.round(rate).toLocaleString('en').padStart(10)} /s${name === against ? '   ' + ratios.join(', ') : ''}`)
  }
}
