import { useCallback, useRef, useState } from 'preact/hooks'
import { useDialog } from '../context.ts'
import type { DialogPayload } from '../../../domain/file-blob.ts'
import type { MediaListItem } from '../../../domain/media.ts'
import { problemOf, type Problem } from '../problems.ts'

/** Photos that are fetched at the same time. */
const AT_ONCE = 3

export type PickingState =
  | { name: 'idle' }
  | { name: 'picking', done: number, total: number }
  | { name: 'failed', problem: Problem, failed: readonly MediaListItem[], picked: readonly DialogPayload[] }

type Outcome = { file: DialogPayload } | { error: unknown, item: MediaListItem }

export type Picking = ReturnType<typeof usePicking>

/** Turns the chosen photos into files, tells the page how far it is, and hands over the result. */
export function usePicking () {
  const { config, api, opener } = useDialog()
  const [state, setState] = useState<PickingState>({ name: 'idle' })
  const aborter = useRef<AbortController | undefined>(undefined)

  const removeAll = (files: readonly DialogPayload[]): void => { for (const { url } of files) api.remove(url).catch(() => {}) }
  const handOver = useCallback((files: readonly DialogPayload[]): void => {
    opener.uploading(false)
    const [first] = files
    if (config.multiple) opener.picked([...files])
    else if (first !== undefined) opener.picked(first)
  }, [])

  const start = useCallback(async (items: readonly MediaListItem[], kept: readonly DialogPayload[] = []): Promise<void> => {
    const { signal } = aborter.current = new AbortController()
    const outcomes: Outcome[] = []
    setState({ name: 'picking', done: 0, total: items.length })
    opener.uploading(true)
    if (config.hide) opener.hide()
    const pickOne = async (item: MediaListItem): Promise<Outcome> => {
      const outcome = await api.pick(item.id, signal).then(file => ({ file }), (error: unknown) => ({ error, item }))
      if (!signal.aborted) {
        outcomes.push(outcome)
        setState({ name: 'picking', done: outcomes.length, total: items.length })
        opener.progress({ filename: item.filename, done: outcomes.length, total: items.length, percent: Math.round(outcomes.length * 100 / items.length) })
      } else if ('file' in outcome) removeAll([outcome.file])
      return outcome
    }
    const inOrder = await atOnce(items, AT_ONCE, pickOne, signal)
    if (signal.aborted) return removeAll([...kept, ...filesOf(outcomes)])
    const failures = inOrder.filter(outcome => 'error' in outcome)
    const picked = [...kept, ...filesOf(inOrder)]
    if (failures[0] === undefined) return handOver(picked)
    opener.uploading(false)
    if (config.hide) return opener.failed()
    setState({ name: 'failed', problem: problemOf(failures[0].error), failed: failures.map(({ item }) => item), picked })
  }, [])

  /** Goes back to the photos; what has been made is removed again. */
  const cancel = (): void => {
    aborter.current?.abort()
    if (state.name === 'failed') removeAll(state.picked)
    opener.uploading(false)
    setState({ name: 'idle' })
  }
  return { state, start, cancel, handOver }
}

function filesOf (outcomes: readonly Outcome[]): DialogPayload[] {
  return outcomes.flatMap(outcome => 'file' in outcome ? [outcome.file] : [])
}

/** Runs over all with a bounded number at the same time; results keep the order. Begins no more once aborted. */
async function atOnce<Item, Result> (items: readonly Item[], limit: number, run: (item: Item) => Promise<Result>, signal: AbortSignal): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const work = async (): Promise<void> => {
    while (next < items.length && !signal.aborted) {
      const index = next++
      results[index] = await run(items[index] as Item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work))
  return results
}
