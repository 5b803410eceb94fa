import { FolderOpen, Library, Plus, X } from 'lucide-react'
import type { LibraryView, Volume } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { snapshotsOfTree, volumeById } from '../state/tree.ts'
import { ActionButton, Button } from '../ui/Button.tsx'
import { formatBytes } from '../words/byte-format.ts'
import { spelledCount } from '../words/names.ts'
import './bars.css'

/** First start: the example is open; one sentence and three ways to go on. */
export function Welcome({ library }: { library: LibraryView }) {
  const volume = useApp((state) => volumeById(state.library, state.volumeId))
  const close = useApp((state) => state.closeWelcome)
  if (volume === undefined) return null
  return (
    <section aria-label="Welcome" className="welcome">
      <div className="welcome-words">
        <h2>{headline(library, volume)}</h2>
        <p className="sec">Point at one. What it holds keeps its colour.</p>
      </div>
      <ActionButton actionId="image.import" icon={<FolderOpen size={16} />} tone="primary" />
      <ActionButton
        actionId="volume.create"
        icon={<Plus size={16} />}
        label="New practice volume"
      />
      <ActionButton actionId="library.open" icon={<Library size={16} />} label="Open a library" />
      <Button aria-label="Close the welcome" icon={<X size={16} />} onClick={close} tone="ghost" />
    </section>
  )
}

function headline(library: LibraryView, volume: Volume): string {
  const tree = snapshotsOfTree(library, volume.volumeId)
  const snapshots = tree.filter((s) => s.copiedFrom === null).length
  const size = formatBytes(volume.sizeBytes)
  return snapshots === 0
    ? `A ${size} volume without snapshots`
    : `${spelledCount(snapshots, 'snapshot')} of one ${size} volume`
}
