// Where the time of a run goes: for each test file how long it took, and how much of that the processor worked for it.
import { readFileSync } from 'node:fs'

/** Seconds from start to end, and those that processors worked for it and its own processes; a difference is waiting. */
export interface FileTime { file: string, seconds: number, processorSeconds: number }

/** Linux counts in hundredths of a second, whatever the machine. */
const TICKS_PER_SECOND = 100
let told = 0

/**
 * Processor seconds of the processes that have ended since the last call, with those that they started and waited for; of one,
 * then, when each that ends is asked for at once. Other systems than Linux do not tell: 0.
 */
export function processorSecondsOfEnded (): number {
  if (process.platform !== 'linux') return 0
  // proc(5): after the name in brackets, the 14th and 15th field are the ended children's ticks, user and system.
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ')
  const ticks = Number(fields[13]) + Number(fields[14])
  const seconds = (ticks - told) / TICKS_PER_SECOND
  told = ticks
  return seconds
}

/** A line per file, the longest first. */
export function timesTable (times: FileTime[]): string {
  const row = (seconds: number, processorSeconds: number, name: string): string =>
    `${seconds.toFixed(1).padStart(7)} ${processorSeconds.toFixed(1).padStart(10)}  ${name}`
  const sum = (key: 'seconds' | 'processorSeconds'): number => times.reduce((total, time) => total + time[key], 0)
  const rows = times.toSorted((a, b) => b.seconds - a.seconds).map(time => row(time.seconds, time.processorSeconds, time.file))
  return ['seconds  processor  file', ...rows, row(sum('seconds'), sum('processorSeconds'), 'all')].join('\n')
}
