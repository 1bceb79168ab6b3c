import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { useDialog } from '../context.ts'
import type { MediaListItem } from '../../../domain/media.ts'
import { problemOf, type Problem } from '../problems.ts'

/** A first page that fills the window soon, then larger ones. */
const FIRST_PAGE = 30
const NEXT_PAGES = 100

export interface Media {
  items: readonly MediaListItem[]
  isLoading: boolean
  hasMore: boolean
  problem: Problem | undefined
  loadMore: () => void
}

/** The account's media, page by page. */
export function useMedia (): Media {
  const { api } = useDialog()
  const [state, setState] = useState<Omit<Media, 'loadMore'>>({ items: [], isLoading: true, hasMore: true, problem: undefined })
  const aborter = useRef<AbortController | undefined>(undefined)
  const after = useRef<string | undefined>(undefined)
  const known = useRef(new Set<string>())

  const loadMore = useCallback((): void => {
    if (aborter.current !== undefined) return
    const current = aborter.current = new AbortController()
    setState(state => ({ ...state, isLoading: true, problem: undefined }))
    api.media(after.current, after.current === undefined ? FIRST_PAGE : NEXT_PAGES, current.signal).then(page => {
      after.current = page.after
      // A post made meanwhile moves everything on by one, so that pages may overlap.
      const fresh = page.items.filter(({ id }) => !known.current.has(id))
      fresh.forEach(({ id }) => known.current.add(id))
      aborter.current = undefined
      setState(state => ({ items: [...state.items, ...fresh], isLoading: false, hasMore: page.after !== undefined, problem: undefined }))
    }).catch((error: unknown) => {
      if (current.signal.aborted) return
      aborter.current = undefined
      setState(state => ({ ...state, isLoading: false, problem: problemOf(error) }))
    })
  }, [])

  useEffect(() => {
    loadMore()
    return () => aborter.current?.abort()
  }, [])
  return { ...state, loadMore }
}
