import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { CardPlace } from '../card.tsx'
import type { Stake } from '../closing/use-closing.ts'
import { useDialog } from '../context.ts'
import type { MediaListItem } from '../../../domain/media.ts'
import { ActionBar } from '../picking/action-bar.tsx'
import { usePicking, type Picking } from '../picking/use-picking.ts'
import { ProblemScreen } from '../problem-screen.tsx'
import { useLostFocus } from '../use-focus.ts'
import { Announcement } from './announcement.tsx'
import { GroupBar } from './group-bar.tsx'
import { Photos } from './photos.tsx'
import { Preview } from './preview.tsx'
import { useMedia } from './use-media.ts'
import { useSelection, type Selection } from './use-selection.ts'

interface GalleryProperties {
  username: string
  hasCaptions: boolean
  onReconnected: (username: string) => void
  onDisconnected: () => void
  /** Told what would be lost if the dialog were closed now; `undefined` for nothing. */
  onStake: (stake: Stake | undefined) => void
}

/** The account's photos: look, choose, use. */
export function Gallery ({ username, hasCaptions, onReconnected, onDisconnected, onStake }: GalleryProperties) {
  const { config, text } = useDialog()
  const media = useMedia()
  const { items, hasMore, isLoading, problem, loadMore } = media
  const max = config.multiple ? config.maxFiles ?? Infinity : 1
  const selection = useSelection(max)
  const picking = usePicking()
  const { group, open, close, scroller } = useGroup()
  const [refusal, setRefusal] = useState<string | undefined>(undefined)
  const [previewed, setPreviewed] = useState<MediaListItem | undefined>(undefined)

  const shown = group?.children ?? items
  const images = useMemo(() => shown.filter(({ kind, thumbnail }) => kind === 'image' && thumbnail !== undefined), [shown])
  const use = (chosen: readonly MediaListItem[]): void => { picking.start(chosen) }
  const stake = stakeOf(picking, selection, config.store !== undefined)
  useEffect(() => onStake(stake), [stake?.name, stake?.count, picking.state.name])
  useEffect(() => () => onStake(undefined), [])
  useLostFocus(() => document.querySelector<HTMLElement>('.tile[tabindex="0"]'))

  if (items.length === 0 && problem !== undefined) return <ProblemScreen problem={problem} onRetry={loadMore} onConnected={reconnect} onDisconnected={onDisconnected} />
  if (items.length === 0 && !hasMore && !isLoading) return <ProblemScreen problem={{ name: 'empty' }} onRetry={loadMore} onConnected={onReconnected} onDisconnected={onDisconnected} />

  function reconnect (name: string): void {
    onReconnected(name)
    loadMore()
  }
  return (
    <>
      <main class='gallery'>
        {group !== undefined && <GroupBar group={group} selection={selection} onBack={close} />}
        <p id='grid-help' hidden>{text.gridHelp}</p>
        <div class='photos' inert={picking.state.name === 'picking'}>
          <Photos
            key={group?.id ?? 'all'} label={group === undefined ? text.gridLabel(username) : text.groupTitle(shown.length)} items={shown}
            hasMore={group === undefined && hasMore && problem === undefined} isLoading={group === undefined && isLoading} startsAt={scroller}
            selection={selection} hasCaptions={hasCaptions} onNearEnd={loadMore} onOpenGroup={open} onPreview={setPreviewed} onRefused={setRefusal} onUse={use}
          />
        </div>
        {group === undefined && problem !== undefined && (
          <CardPlace.Provider value='section'><ProblemScreen problem={problem} onRetry={loadMore} onConnected={reconnect} onDisconnected={onDisconnected} /></CardPlace.Provider>
        )}
      </main>
      <ActionBar picking={picking} selection={selection} refusal={refusal} onDisconnected={onDisconnected} onUse={use} />
      {previewed !== undefined && <Preview item={previewed} images={images} selection={selection} onMove={setPreviewed} onClose={() => setPreviewed(undefined)} onUse={use} />}
      <Announcement media={media} selection={selection} max={max} refusal={refusal} />
    </>
  )
}

function stakeOf ({ state, cancel }: Picking, { chosen }: Selection, isStored: boolean): Stake | undefined {
  if (state.name === 'picking') return { name: isStored ? 'copies' : 'choice', count: state.total, discard: cancel }
  if (state.name === 'failed') return { name: 'choice', count: state.failed.length + state.picked.length, discard: cancel }
  return chosen.size === 0 ? undefined : { name: 'choice', count: chosen.size, discard () {} }
}

/** The group that is open; going back finds the place where it was opened. */
function useGroup () {
  const [group, setGroup] = useState<MediaListItem | undefined>(undefined)
  const place = useRef({ index: 0, top: 0 })
  const isBack = useRef(false)

  useLayoutEffect(() => {
    if (group !== undefined) window.scrollTo(0, 0)
    else if (isBack.current) window.scrollTo(0, place.current.top)
  }, [group])
  return {
    group,
    open (item: MediaListItem, index: number): void {
      place.current = { index, top: window.scrollY }
      setGroup(item)
    },
    close (): void {
      isBack.current = true
      setGroup(undefined)
    },
    /** The entry that gets the focus when the grid appears; `undefined` leaves the focus where it is. */
    scroller: group !== undefined ? 0 : isBack.current ? place.current.index : undefined
  }
}
