// What it costs to have the plugin: packages, megabytes, a cold install, the start, and memory at rest, beside @uppy/companion, both
// installed from npm into empty folders of their own. Run `pnpm run build` before.
//
//   pnpm --filter @contactsheet-test/bench run footprint
import { rmSync } from 'node:fs'
import { atMost, report, told, type Check } from '../../results/report.ts'
import { packAll } from '../../packages/pack.ts'
import { median } from '../rounds.ts'
import { companion, contactsheet, type Contender } from './contenders.ts'
import { install, start, type Installed, type Started } from './measure.ts'

const ROUNDS = 5
const COMPANION_VERSION = '6.2.2'

interface Measured extends Installed { starts: Started[] }

const { webhooks, instagram } = packAll()
const contenders = [contactsheet([webhooks, instagram]), companion(COMPANION_VERSION)] as const

const measured = new Map<Contender, Measured>()
for (const contender of contenders) {
  console.log(`installing ${contender.name} …`)
  measured.set(contender, { ...install(contender), starts: [] })
}
// In turn, so that a busy machine troubles both alike; the first start of each only fills the caches.
for (let round = 0; round <= ROUNDS; round++) {
  for (const [contender, found] of measured) {
    const started = await start(contender, found)
    if (round > 0) found.starts.push(started)
  }
}

for (const { directory } of measured.values()) rmSync(directory, { recursive: true })
const ours = figuresOf(contenders[0])
const theirs = figuresOf(contenders[1])

report('footprint', `${contenders[0].name} beside ${contenders[1].name}`, [
  ...beside('packages', 'packages'),
  atMost('packages: ratio', ours.packages / theirs.packages, 0.5),
  ...beside('MB on disk', 'megabytes'),
  atMost('MB on disk: ratio', ours.megabytes / theirs.megabytes, 0.5),
  told('MB on disk without libvips: ours', ours.megabytes - ours.libvipsMegabytes),
  told('MB on disk without libvips: ratio', (ours.megabytes - ours.libvipsMegabytes) / (theirs.megabytes - theirs.libvipsMegabytes)),
  ...beside('seconds of a cold install', 'installSeconds'),
  told('seconds of a cold install: ratio', ours.installSeconds / theirs.installSeconds),
  atMost('ms to the first answer: ours', ours.startMs, 400),
  told('ms to the first answer: theirs', theirs.startMs),
  told('ms to the first answer: ratio', ours.startMs / theirs.startMs),
  told('processor ms to the first answer: ours', ours.startCpuMs),
  told('processor ms to the first answer: theirs', theirs.startCpuMs),
  told('processor ms to the first answer: ratio', ours.startCpuMs / theirs.startCpuMs),
  atMost('MB at rest: ours', ours.idleMegabytes, 110),
  told('MB at rest: theirs', theirs.idleMegabytes),
  told('MB at rest: ratio', ours.idleMegabytes / theirs.idleMegabytes)
])

function beside (what: string, figure: 'packages' | 'megabytes' | 'installSeconds'): Check[] {
  return [told(`${what}: ours`, ours[figure]), told(`${what}: theirs`, theirs[figure])]
}

function figuresOf (contender: Contender): Installed & Started {
  const found = measured.get(contender)
  if (found === undefined) throw new Error(`${contender.name} was not measured`)
  const middle = (figure: keyof Started): number => median(found.starts.map(started => started[figure]))
  return { ...found, startMs: middle('startMs'), startCpuMs: middle('startCpuMs'), idleMegabytes: middle('idleMegabytes') }
}
