import { Presets, SingleBar } from 'cli-progress'
import type { Voice } from './io.ts'

const FORMAT = '  {bar}  {value} of {total} {things}  {eta_formatted} left'

export interface Progress {
  step (): void
  end (): void
}

const SILENT: Progress = { step () {}, end () {} }

/** A bar on standard error while a command works through many; only on a terminal, and only when there are many. */
export function startProgress (voice: Voice, total: number, things: string): Progress {
  const { stderr } = voice.io
  if (voice.isJson || !stderr.isTTY || total < 2) return SILENT
  const bar = new SingleBar({ format: FORMAT, stream: stderr, clearOnComplete: true, barsize: 30, hideCursor: true }, Presets.shades_grey)
  bar.start(total, 0, { things })
  return {
    step: () => { bar.increment() },
    end: () => { bar.stop() }
  }
}

/** Works through all of them, a few at a time, with a bar. After a failure nothing more is begun, and what was begun is waited for. */
export async function eachWithProgress<Item> (voice: Voice, things: string, items: readonly Item[], work: (item: Item) => Promise<void>, atOnce = 16): Promise<void> {
  const progress = startProgress(voice, items.length, things)
  const left = items.values()
  const failures: unknown[] = []
  const worker = async (): Promise<void> => {
    for (const item of left) {
      if (failures.length > 0) return
      await work(item).then(progress.step, error => { failures.push(error) })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  progress.end()
  if (failures.length > 0) throw failures[0]
}
