import { useMemo, useState } from 'preact/hooks'
import { useDialog } from '../context.ts'
import type { MediaListItem } from '../media.ts'
import { ActionBar } from '../picking/action-bar.tsx'
import { usePicking } from '../picking/use-picking.ts'
import { ProblemScreen } from '../problem-screen.tsx'
import { Announcement } from './announcement.tsx'
import { Photos } from './photos.tsx'
import { Preview } from './preview.tsx'
import { Toolbar } from './toolbar.tsx'
import { useMedia } from './use-media.ts'
import { useSelection } from './use-selection.ts'

/** The account's photos: look, choose, use. */
export function Gallery ({ username, onReconnected }: { username: string, onReconnected: (username: string) => void }) {
  const { config, text } = useDialog()
  const media = useMedia()
  const { loadMore } = media
  const max = config.multiple ? config.maxFiles ?? Infinity : 1
  const selection = useSelection(max)
  const picking = usePicking()
  const [hasCaptions, setCaptions] = useState(false)
  const [group, setGroup] = useState<MediaListItem | undefined>(undefined)
  const [previewed, setPreviewed] = useState<MediaListItem | undefined>(undefined)

  const shown = group?.children ?? media.items
  const images = useMemo(() => shown.filter(({ kind }) => kind === 'image'), [shown])
  const use = (items: readonly MediaListItem[]): void => { picking.start(items) }

  if (media.items.length === 0 && media.problem !== undefined) return <ProblemScreen problem={media.problem} onRetry={loadMore} onConnected={onReconnected} />
  if (media.items.length === 0 && !media.hasMore && !media.isLoading) return <ProblemScreen problem={{ name: 'empty' }} onRetry={loadMore} onConnected={onReconnected} />
  return (
    <>
      <Toolbar group={group} selection={selection} hasCaptions={hasCaptions} onCaptions={setCaptions} onBack={() => setGroup(undefined)} />
      <main class='gallery' inert={picking.state.name === 'picking'}>
        <p id='grid-help' hidden>{text.gridHelp}</p>
        <Photos
          key={group?.id ?? 'all'} label={group === undefined ? text.gridLabel(username) : text.groupTitle(shown.length)} items={shown}
          hasMore={group === undefined && media.hasMore && media.problem === undefined} isLoading={group === undefined && media.isLoading}
          selection={selection} hasCaptions={hasCaptions} onNearEnd={loadMore} onOpenGroup={setGroup} onPreview={setPreviewed} onUse={use}
        />
        {group === undefined && media.problem !== undefined && <ProblemScreen problem={media.problem} onRetry={loadMore} onConnected={loadMore} />}
      </main>
      <ActionBar picking={picking} selection={selection} onUse={use} />
      {previewed !== undefined && <Preview item={previewed} images={images} selection={selection} onMove={setPreviewed} onClose={() => setPreviewed(undefined)} onUse={use} />}
      <Announcement media={media} selection={selection} max={max} />
    </>
  )
}
