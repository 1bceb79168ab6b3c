import { randomBytes, randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import type { Test } from 'tap'
import { settle, startHost, uploadSlowly, type Blob, type HostPlan } from './hosts.ts'

/** How often the host is killed; `KILLS=100` for the whole run. */
const KILLS = Number(process.env.KILLS ?? 3)
const COPIES = 12

/** Kills the host again and again in the middle of copies, then lets one live until everything is told and swept. */
export async function killAndInspect (t: Test, database: string): Promise<void> {
  const directory = t.testdir({ storage: {} })
  const plan: HostPlan = { database, directory: `${directory}/storage`, toldPath: `${directory}/told` }
  writeFileSync(plan.toldPath, '')
  const answered: Blob[] = []
  let asked = 0
  for (let round = 0; round < KILLS; round++) {
    const host = await startHost(plan)
    const copies = Array.from({ length: COPIES }, async (_, index) => await uploadSlowly(host.port, randomBytes(10_000 + index * 60_000), 4 + index))
    asked += copies.length
    // Some have their answer, the others are anywhere between their first byte and their commit.
    await countOf(copies, randomInt(COPIES - 2))
    await setTimeout(randomInt(20))
    await host.kill()
    answered.push(...(await Promise.all(copies)).filter(blob => blob !== undefined))
  }

  const { host: last, found } = await settle(plan)
  for (const blob of answered.slice(-20)) {
    const read = await fetch(`http://127.0.0.1:${last.port}${new URL(blob.url).pathname}`)
    t.equal((await read.arrayBuffer()).byteLength, blob.size, 'an answered copy is readable')
  }
  await last.kill()

  t.comment(`${KILLS} kills, ${asked} copies asked for, ${answered.length} answered, ${found.rows.size} kept`)
  t.same(found.rowsWithoutBytes, [], 'no row without its bytes')
  t.same(found.bytesWithoutRow, [], 'no bytes without a row after the sweep, and no half file')
  t.same(found.toldTwice, [], 'no event under two ids')
  t.same(answered.filter(({ url }) => !found.rows.has(url.slice(-20))), [], 'no answered copy is lost')
  t.ok(found.rows.size > 0 && answered.length < asked, 'some were kept and some were killed')
}

/** Resolves when so many of the promises have. */
async function countOf (promises: Array<Promise<unknown>>, count: number): Promise<void> {
  let done = 0
  await new Promise<void>(resolve => {
    const check = (): void => { if (done >= count) resolve() }
    check()
    for (const promise of promises) {
      promise.then(() => {
        done++
        check()
      }, () => {})
    }
  })
}
