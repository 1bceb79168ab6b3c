// Reading a stored file of 200 kB against @fastify/static serving the same bytes. The two take turns, so that a busy machine troubles both.
import { report } from '../../results/report.ts'
import { median } from '../rounds.ts'
import { startContender } from './contender.ts'

const ROUNDS = 9
const READS = 400

const contenders = await Promise.all(['static', 'ours'].map(async name => await startContender(name)))
const results = new Map(contenders.map(({ name }) => [name, { rates: [] as number[], cpuMs: [] as number[] }]))
for (const contender of contenders) await contender.read(READS)
for (let round = 0; round < ROUNDS; round++) {
  for (const contender of contenders) {
    const before = await contender.usage()
    const rate = await contender.read(READS)
    const after = await contender.usage()
    results.get(contender.name)?.rates.push(rate)
    results.get(contender.name)?.cpuMs.push((after.cpuMs - before.cpuMs) / READS)
  }
}
const [theirs, ours] = ['static', 'ours'].map(name => ({ rate: median(results.get(name)?.rates ?? []), cpuMs: median(results.get(name)?.cpuMs ?? []) }))
await Promise.all(contenders.map(async contender => await contender.close()))
if (theirs !== undefined && ours !== undefined) {
  const rates = `${ours.rate.toFixed(0)} and ${theirs.rate.toFixed(0)} reads/s`
  const times = `${ours.cpuMs.toFixed(2)} and ${theirs.cpuMs.toFixed(2)} ms`
  report('files-read', 'Reading a stored file of 200 kB, against @fastify/static with the same bytes', [
    { what: `reads per second of processor, of theirs (${times} each)`, measured: percent(theirs.cpuMs / ours.cpuMs), goal: '≥ 70 %', isReached: theirs.cpuMs / ours.cpuMs >= 0.7 },
    { what: `rate, of theirs (${rates})`, measured: percent(ours.rate / theirs.rate) }
  ])
}

function percent (ratio: number): string {
  return `${(100 * ratio).toFixed(0)} %`
}
