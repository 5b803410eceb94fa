import { FolderOpen } from 'lucide-react'
import type { LibraryView, Volume } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { volumesOfTree } from '../state/tree.ts'
import { ActionButton } from '../ui/Button.tsx'
import { formatBytes } from '../words/byte-format.ts'
import { count } from '../words/names.ts'
import { MiniBar } from './MiniBar.tsx'
import './volume-list.css'

export function VolumeList() {
  const library = useApp((state) => state.library)
  return (
    <nav aria-label="Volumes" className="volumes" data-region="volumes">
      <h2 className="volumes-head">Volumes</h2>
      {library !== null && library.volumes.length > 0 ? (
        <ul className="volumes-list">
          {inTreeOrder(library).map((volume) => (
            <VolumeRow key={volume.volumeId} library={library} volume={volume} />
          ))}
        </ul>
      ) : (
        <p className="volumes-none">None yet. They will be listed here.</p>
      )}
      <div className="volumes-foot">
        <ActionButton actionId="image.import" icon={<FolderOpen size={16} />} />
        <p>or drop a file anywhere</p>
      </div>
    </nav>
  )
}

function VolumeRow({ library, volume }: { library: LibraryView; volume: Volume }) {
  const isShown = useApp((state) => state.volumeId === volume.volumeId)
  const showVolume = useApp((state) => state.showVolume)
  const snapshots = library.snapshots.filter(
    (s) => s.volumeId === volume.volumeId && s.state === 'completed',
  )
  const storedBytes = snapshots.reduce((sum, s) => sum + s.storedHereBytes, 0)
  const origin = library.snapshots.find((s) => s.snapshotId === volume.originId)
  const from = origin === undefined ? '' : `, from ${origin.name}`
  return (
    <li>
      <button
        aria-current={isShown}
        className="volume-row"
        data-clone={volume.originId !== null || undefined}
        onClick={() => showVolume(volume.volumeId)}
        type="button"
      >
        <span className="volume-row-line">
          <span className="ellipsis volume-row-name">{volume.name}</span>
          <span className="chip">{kindWords(library, volume)}</span>
        </span>
        <span className="volume-row-line volume-row-facts">
          <span className="ellipsis">
            {count(snapshots.length, 'snapshot')}
            {from}
          </span>
          <span>{formatBytes(storedBytes)}</span>
        </span>
        <MiniBar library={library} volumeId={volume.volumeId} />
      </button>
    </li>
  )
}

function kindWords(library: LibraryView, volume: Volume): string {
  if (volume.isRemoved) return 'removed'
  switch (volume.source?.state) {
    case undefined:
      return library.isPractice ? 'practice' : 'managed'
    case 'present':
      return 'linked'
    case 'missing':
    case 'unreadable':
      return `image ${volume.source.state}`
    case 'changed':
    case 'grown':
    case 'shrunk':
      return 'image changed'
  }
}

/** Clones stand under the volume that they come from. */
function inTreeOrder(library: LibraryView): Volume[] {
  const done = new Set<Volume>()
  return library.volumes.flatMap((volume) => {
    if (done.has(volume)) return []
    const tree = volumesOfTree(library, volume.volumeId)
    for (const member of tree) done.add(member)
    return tree
  })
}
