// Reading a stored file of 200 kB against @fastify/static serving the same bytes. The two take turns, so that a busy machine troubles both.
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
if (theirs !== undefined && ours !== undefined) {
  console.log(`@fastify/static  ${theirs.rate.toFixed(0)} reads/s  ${theirs.cpuMs.toFixed(3)} ms of processor per read`)
  console.log(`stored file      ${ours.rate.toFixed(0)} reads/s  ${ours.cpuMs.toFixed(3)} ms of processor per read`)
  console.log(`ratio            ${(100 * ours.rate / theirs.rate).toFixed(0)} % of the rate, ${(100 * theirs.cpuMs / ours.cpuMs).toFixed(0)} % by processor time`)
}
await Promise.all(contenders.map(async contender => await contender.close()))
