import { FolderOpen, Recycle } from 'lucide-react'
import { useState } from 'react'
import type { VolumeLoad } from '../../core/contract/loading.ts'
import type { LibraryView, Volume } from '../../core/contract/model.ts'
import { isForeign } from '../state/accounts.ts'
import { useApp } from '../state/context.ts'
import { hasRegions } from '../state/lanes.ts'
import { loadOf } from '../state/loading.ts'
import { volumesOfTree } from '../state/tree.ts'
import { ActionButton } from '../ui/Button.tsx'
import { KeyBadge } from '../ui/KeySign.tsx'
import { Name } from '../ui/Name.tsx'
import { formatBytes } from '../words/byte-format.ts'
import { loadedPercent } from '../words/load-words.ts'
import { count } from '../words/names.ts'
import { sourceChip } from '../words/source-words.ts'
import { ActionMenu, type MenuPlace } from './ActionMenu.tsx'
import { MachineLists } from './MachineLists.tsx'
import { MiniBar } from './MiniBar.tsx'
import './volume-list.css'

const VOLUME_MENU = [
  ['snapshot.take', 'snapshot.takeFrom', 'volume.write'],
  ['volume.rename', 'volume.grow', 'volume.remove'],
  ['instance.attach', 'instance.create'],
]

export function VolumeList() {
  const library = useApp((state) => state.library)
  const [menu, setMenu] = useState<MenuPlace | null>(null)
  return (
    <nav aria-label="Volumes" className="volumes" data-region="volumes">
      <h2 className="volumes-head">Volumes</h2>
      {library !== null && library.volumes.length > 0 ? (
        <ul className="volumes-list">
          {inTreeOrder(library).map((volume) => (
            <VolumeRow key={volume.volumeId} library={library} onMenu={setMenu} volume={volume} />
          ))}
        </ul>
      ) : (
        <p className="volumes-none">None yet. They will be listed here.</p>
      )}
      {library !== null && <MachineLists library={library} />}
      <div className="volumes-foot">
        {library !== null && library.bin.length > 0 && (
          <ActionButton
            actionId="bin.show"
            icon={<Recycle size={16} />}
            label={`Recycle Bin (${library.bin.length})`}
            tone="ghost"
          />
        )}
        <ActionButton actionId="image.import" icon={<FolderOpen size={16} />} />
        <p>or drop a file anywhere</p>
      </div>
      <ActionMenu groups={VOLUME_MENU} onClose={() => setMenu(null)} place={menu} />
    </nav>
  )
}

type RowProps = { library: LibraryView; volume: Volume; onMenu: (place: MenuPlace) => void }

function VolumeRow({ library, volume, onMenu }: RowProps) {
  const isShown = useApp((state) => state.volumeId === volume.volumeId)
  const showVolume = useApp((state) => state.showVolume)
  const snapshots = library.snapshots.filter(
    (s) => s.volumeId === volume.volumeId && s.state === 'completed',
  )
  const copies = snapshots.filter((s) => s.copiedFrom !== null).length
  const own = snapshots.length - copies
  const load = useApp((state) => loadOf(state, volume))
  const storedBytes = snapshots.reduce((sum, s) => sum + s.storedHereBytes, 0)
  const kind = kindWords(library, volume, load)
  const percent = load !== null && kind === load.state ? loadedPercent(load) : null
  // Names need the room: what stores nothing has it below.
  const isBelow = percent !== null && storedBytes === 0
  const origin = library.snapshots.find((s) => s.snapshotId === volume.originId)
  return (
    <li>
      <button
        aria-current={isShown}
        className="volume-row"
        data-clone={volume.originId !== null || undefined}
        onClick={() => showVolume(volume.volumeId)}
        onContextMenu={(event) => {
          event.preventDefault()
          showVolume(volume.volumeId)
          onMenu({ x: event.clientX, y: event.clientY })
        }}
        type="button"
      >
        <span className="volume-row-line">
          <Name className="volume-row-name">{volume.name}</Name>
          <KeyBadge item={volume} />
          <span className="chip" data-danger={kind === 'damaged' || undefined}>
            {kind}
            {percent !== null && !isBelow && ` ${percent}`}
          </span>
        </span>
        <span className="volume-row-line volume-row-facts">
          {origin === undefined ? (
            <span>
              {count(own, 'snapshot')}
              {copies > 0 && `, ${count(copies, 'copy', 'copies')}`}
            </span>
          ) : (
            <span className="ellipsis" title={`made from ${origin.name}`}>
              {count(own, 'snap')}
              {copies > 0 && `, ${count(copies, 'copy', 'copies')}`}, from {origin.name}
            </span>
          )}
          <span className="volume-row-size">{isBelow ? percent : formatBytes(storedBytes)}</span>
        </span>
        {hasRegions(library) && <span className="volume-row-region ellipsis">{volume.region}</span>}
        <MiniBar library={library} volumeId={volume.volumeId} />
      </button>
    </li>
  )
}

function kindWords(library: LibraryView, volume: Volume, load: VolumeLoad | null): string {
  if (isForeign(library, volume)) return 'shared'
  if (volume.isRemoved) return 'removed'
  if (volume.isToBeRemoved) return 'leaving'
  if (load !== null && load.state !== 'loaded') return load.state
  return sourceChip(volume) ?? (library.isPractice ? 'practice' : 'managed')
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
