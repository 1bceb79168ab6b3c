import { useCallback, useRef, useState } from 'preact/hooks'
import { useDialog } from '../context.ts'
import type { DialogPayload } from '../../../domain/file-blob.ts'
import type { MediaListItem } from '../../../domain/media.ts'
import type { Problem } from '../problems.ts'
import { atOnce } from './at-once.ts'
import { failuresOf, filesOf, mainProblem, type Outcome } from './outcomes.ts'

/** Photos that are fetched at the same time. */
const AT_ONCE = 3

export type PickingState =
  | { name: 'idle' }
  | { name: 'picking', done: number, total: number }
  | { name: 'failed', problem: Problem, count: number, failed: readonly MediaListItem[], picked: readonly DialogPayload[] }

export type Picking = ReturnType<typeof usePicking>

/** Turns the chosen photos into files, tells the page how far it is, and hands over the result. */
export function usePicking () {
  const { config, opener } = useDialog()
  const { fetchAll, removeAll } = useFiles()
  const [state, setState] = useState<PickingState>({ name: 'idle' })
  const aborter = useRef<AbortController | undefined>(undefined)

  const handOver = useCallback((files: readonly DialogPayload[]): void => {
    opener.uploading(false)
    const [first] = files
    if (config.multiple) opener.picked([...files])
    else if (first !== undefined) opener.picked(first)
  }, [])

  const start = useCallback(async (items: readonly MediaListItem[], kept: readonly DialogPayload[] = []): Promise<void> => {
    const { signal } = aborter.current = new AbortController()
    const { length: total } = items
    setState({ name: 'picking', done: 0, total })
    opener.uploading(true)
    if (config.hide) opener.hide()
    const outcomes = await fetchAll(items, signal, (done, { filename }) => {
      setState({ name: 'picking', done, total })
      opener.progress({ filename, done, total, percent: Math.round(done * 100 / total) })
    })
    if (signal.aborted) return removeAll([...kept, ...filesOf(outcomes)])
    const failures = failuresOf(outcomes)
    const picked = [...kept, ...filesOf(outcomes)]
    if (failures.length === 0) return handOver(picked)
    opener.uploading(false)
    if (config.hide) return opener.failed()
    setState({ name: 'failed', ...mainProblem(failures), failed: failures.map(({ item }) => item), picked })
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

/** Makes files of photos, and removes them again. */
function useFiles () {
  const { api } = useDialog()
  return {
    /** @param onDone - called after each, until it is aborted */
    async fetchAll (items: readonly MediaListItem[], signal: AbortSignal, onDone: (done: number, item: MediaListItem) => void): Promise<Outcome[]> {
      let done = 0
      return await atOnce(items, AT_ONCE, async (item): Promise<Outcome> => {
        const outcome = await api.pick(item.id, signal).then(file => ({ file }), (error: unknown) => ({ error, item }))
        if (!signal.aborted) onDone(++done, item)
        return outcome
      }, signal)
    },
    removeAll (files: readonly DialogPayload[]): void {
      for (const { url } of files) api.remove(url).catch(() => {})
    }
  }
}
