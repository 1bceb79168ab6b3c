import { useEffect, useRef, useState } from 'preact/hooks'
import { useDialog } from '../context.ts'
import type { Media } from './use-media.ts'
import type { Selection } from './use-selection.ts'

/** Tells screen readers what sighted people see happen: photos arriving, choices, the limit. */
export function Announcement ({ media, selection, max, refusal }: { media: Media, selection: Selection, max: number, refusal: string | undefined }) {
  const { config, text } = useDialog()
  const [said, say] = useState('')
  const count = selection.chosen.size
  const hadChoice = useRef(false)

  useEffect(() => {
    if (media.isLoading) say(text.loading)
    else if (media.problem === undefined) say(media.hasMore ? text.loaded(media.items.length) : text.allLoaded(media.items.length))
  }, [media.isLoading, media.items.length])
  useEffect(() => {
    if (count > 0) say([text.chosen(count, config.multiple ? config.maxFiles : undefined), ...selection.isFull ? [text.limitReason(max)] : []].join('. '))
    else if (hadChoice.current) say(text.noneChosen(config.multiple))
    hadChoice.current = count > 0
  }, [count, selection.isFull])
  useEffect(() => { if (refusal !== undefined) say(refusal) }, [refusal])
  return <p class='unseen' role='status'>{said}</p>
}
