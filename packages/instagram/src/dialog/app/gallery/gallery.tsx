import { useMemo, useState } from 'preact/hooks'
import { CardPlace } from '../card.tsx'
import type { Stake } from '../closing/use-closing.ts'
import { useDialog } from '../context.ts'
import type { MediaListItem } from '../../../domain/media.ts'
import { ActionBar } from '../picking/action-bar.tsx'
import { usePicking } from '../picking/use-picking.ts'
import { ProblemScreen } from '../problem-screen.tsx'
import { useLostFocus } from '../use-focus.ts'
import { Announcement } from './announcement.tsx'
import { GroupBar } from './group-bar.tsx'
import { Photos } from './photos.tsx'
import { Preview } from './preview.tsx'
import { useGroup } from './use-group.ts'
import { useMedia } from './use-media.ts'
import { useSelection } from './use-selection.ts'
import { useStake } from './use-stake.ts'

interface GalleryProperties {
  username: string
  hasCaptions: boolean
  onReconnected: (username: string) => void
  onDisconnected: () => void
  /** Told what would be lost if the dialog were closed now; `undefined` for nothing. */
  onStake: (stake: Stake | undefined) => void
}

const EMPTY = { name: 'empty' } as const

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
  useStake(picking, selection, onStake)
  useLostFocus(() => document.querySelector<HTMLElement>('.tile[tabindex="0"]'))

  const told = problem ?? (items.length > 0 || hasMore || isLoading ? undefined : EMPTY)
  const reconnect = (name: string): void => {
    onReconnected(name)
    loadMore()
  }
  const problemScreen = told !== undefined && <ProblemScreen problem={told} onRetry={loadMore} onConnected={reconnect} onDisconnected={onDisconnected} />
  if (items.length === 0 && told !== undefined) return problemScreen
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
        {group === undefined && <CardPlace.Provider value='section'>{problemScreen}</CardPlace.Provider>}
      </main>
      <ActionBar picking={picking} selection={selection} refusal={refusal} onDisconnected={onDisconnected} onUse={use} />
      {previewed !== undefined && <Preview item={previewed} images={images} selection={selection} onMove={setPreviewed} onClose={() => setPreviewed(undefined)} onUse={use} />}
      <Announcement media={media} selection={selection} max={max} refusal={refusal} />
    </>
  )
}
