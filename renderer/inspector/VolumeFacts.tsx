import type { RegionName } from '../../core/contract/ids.ts'
import type { LibraryView, Snapshot, Volume } from '../../core/contract/model.ts'
import { isForeign, labelOfAccount } from '../state/accounts.ts'
import { useApp } from '../state/context.ts'
import { hasRegions } from '../state/lanes.ts'
import { loadOf } from '../state/loading.ts'
import { namesOf, volumeById } from '../state/tree.ts'
import { ActionButton } from '../ui/Button.tsx'
import { Bytes } from '../ui/Bytes.tsx'
import { Name } from '../ui/Name.tsx'
import { formatBytes } from '../words/byte-format.ts'
import { count } from '../words/names.ts'
import { sourceWords } from '../words/source-words.ts'
import { EncryptionFact } from './EncryptionFact.tsx'
import { LibraryCosts } from './LibraryCosts.tsx'
import { LoadFacts } from './LoadFacts.tsx'
import { MoreActions } from './MoreActions.tsx'
import { SourceState } from './SourceState.tsx'

/** Nothing is chosen: the volume as it is now, and what its snapshots store. */
export function VolumeFacts({ library }: { library: LibraryView }) {
  const volume = useApp((state) => volumeById(state.library, state.volumeId))
  const load = useApp((state) => loadOf(state, volume))
  if (volume === undefined) return null
  const own = library.snapshots.filter(
    (s) => s.volumeId === volume.volumeId && s.state === 'completed',
  )
  const copies = own.filter((s) => s.copiedFrom !== null).length
  const told = volume.source && sourceWords(volume.source, baseName(library, volume))
  // What is to be done first comes instead of what the next snapshot would store.
  const isStopped = told !== null && told.actionIds.length > 0
  const isGoing = volume.isRemoved || volume.isToBeRemoved
  const storedBytes = own.reduce((sum, s) => sum + s.storedHereBytes, 0)
  return (
    <>
      <div className="inspector-scroll">
        <header>
          <div className="inspector-title">
            <Name as="h2" className={isUnnamed(volume) ? 'selectable is-id' : 'selectable'}>
              {volume.name}
            </Name>
            <span className="chip">{chipOf(volume, library)}</span>
          </div>
          <p className="sec">{kindSentence(volume, library)}</p>
          <EncryptionFact item={volume} library={library} />
        </header>
        <section>
          <div className="key-row inspector-hero">
            <h3>Stored by its snapshots</h3>
            <span className="value">
              <Bytes value={storedBytes} />
            </span>
          </div>
          {regionSums(own, library).map(([region, bytes]) => (
            <FactRow key={region} label={`in ${region}`} value={bytes} />
          ))}
          <FactRow
            label={`${count(own.length - copies, 'snapshot')}${copies > 0 ? `, ${count(copies, 'copy', 'copies')}` : ''}`}
            value={null}
          />
          <FactRow label="Volume size" value={volume.sizeBytes} />
          {volume.head.dataBytes !== null && (
            <FactRow label="Holds now" value={volume.head.dataBytes} />
          )}
          {volume.head.changedBytes !== null && (
            <FactRow label={changedLabel(library, volume)} value={volume.head.changedBytes} />
          )}
        </section>
        <LibraryCosts library={library} />
        {load !== null && load.totalBytes > 0 && <LoadFacts load={load} volume={volume} />}
        {told !== null && (
          <section>
            <SourceState words={told} />
          </section>
        )}
        {!isStopped && !isGoing && (
          <section>
            <div className="why">
              <h3>{question(library, volume)}</h3>
              <p>{answer(library, volume)}</p>
            </div>
          </section>
        )}
        {volume.source !== null && (
          <section>
            <h3 className="sec small">Image</h3>
            <p className="selectable inspector-path">{volume.source.path}</p>
          </section>
        )}
      </div>
      {isGoing ? null : (
        <footer className="inspector-actions">
          <ActionButton actionId="snapshot.take" />
          {volume.kind === 'managed' ? (
            <ActionButton actionId="volume.write" label="Write…" />
          ) : (
            <ActionButton actionId="snapshot.takeFrom" label="From a file…" />
          )}
          <MoreActions actionIds={moreActions(volume)} />
        </footer>
      )}
    </>
  )
}

/** What is stored where; nothing to split where there is one region. */
function regionSums(own: readonly Snapshot[], library: LibraryView): [RegionName, number][] {
  if (!hasRegions(library)) return []
  return library.regions.flatMap(({ name }): [RegionName, number][] => {
    const here = own.filter((s) => s.region === name)
    return here.length === 0 ? [] : [[name, here.reduce((sum, s) => sum + s.storedHereBytes, 0)]]
  })
}

function moreActions({ kind }: Volume): string[] {
  return [
    'volume.rename',
    'volume.tags',
    ...(kind === 'managed' ? ['volume.grow'] : []),
    'volume.remove',
  ]
}

function FactRow({ label, value }: { label: string; value: number | null }) {
  return (
    <div className="key-row">
      <span className="ellipsis">{label}</span>
      {value !== null && (
        <span className="value">
          <Bytes value={value} />
        </span>
      )}
    </div>
  )
}

/** Of another account's volume no more than its id is known. */
const isUnnamed = ({ name, volumeId }: Volume) => name === volumeId

function chipOf(volume: Volume, library: LibraryView): string {
  if (isForeign(library, volume)) return 'shared'
  if (volume.isToBeRemoved) return 'leaving'
  return volume.isRemoved ? 'removed' : 'live volume'
}

function kindSentence(volume: Volume, library: LibraryView): string {
  if (isForeign(library, volume)) {
    return `Of ${labelOfAccount(library, volume.ownerId)}: only what it shares is seen.`
  }
  if (volume.isRemoved) return 'Removed; its snapshots stay and can be restored.'
  if (volume.isToBeRemoved) return 'It goes as soon as its pending snapshots are complete.'
  if (volume.kind === 'linked') return 'An image file that Strata only reads.'
  const origin = volume.originId === null ? [] : namesOf(library, [volume.originId])
  const from = origin.length === 0 ? '' : ` Made from ${origin}.`
  return `Kept in the library, written through Strata.${from}`
}

const baseName = (library: LibraryView, volume: Volume) =>
  volume.head.baseId === null ? null : namesOf(library, [volume.head.baseId]).join()

function changedLabel(library: LibraryView, volume: Volume): string {
  const base = baseName(library, volume)
  return base === null ? 'Written so far' : `Changed since ${base}`
}

function question(library: LibraryView, volume: Volume): string {
  return baseName(library, volume) === null ? 'No snapshot yet' : 'What would the next one store?'
}

function answer(library: LibraryView, volume: Volume): string {
  const base = baseName(library, volume)
  const { changedBytes } = volume.head
  if (base === null) return 'The first one stores everything that was ever written.'
  if (changedBytes === null) {
    return `Only blocks of the image that differ from ${base}. Reading the file will tell how many.`
  }
  return changedBytes === 0
    ? `Nothing: no block was written since ${base}. It would share all of its blocks.`
    : `${formatBytes(changedBytes)}: the blocks written since ${base}. It would borrow the rest.`
}
