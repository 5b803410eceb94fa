import type { LibraryView, Volume } from '../core/contract/model.ts'
import { formatSize } from '../core/contract/size-text.ts'
import { exact } from './describe.ts'
import { isOwn } from './find.ts'
import { formatInstant } from './instant.ts'
import { encryptionFacts, tagFacts } from './marks.ts'
import { facts, safeName, table } from './table.ts'

/** @param isForeign another account's, of which only snapshots are in reach */
export function volumeText(volume: Volume, isForeign = false): string {
  const { source, head } = volume
  return facts([
    ['Volume', safeName(volume.name)],
    ['Id', volume.volumeId],
    ['Owner', volume.ownerId],
    ['Region', volume.region],
    ['Kind', isForeign ? FOREIGN : volume.isRemoved ? REMOVED : kindText(volume)],
    ['Size', exact(volume.sizeBytes)],
    ['Snapshots', String(volume.snapshotCount)],
    ...(source === null
      ? []
      : ([['Image', `${safeName(source.path)} (${source.state})`]] as const)),
    ...(head.dataBytes === null ? [] : ([['Holds', formatSize(head.dataBytes)]] as const)),
    ...(head.changedBytes === null
      ? []
      : ([['Changed', `${formatSize(head.changedBytes)} since the last snapshot`]] as const)),
    ...loadFacts(volume),
    ...encryptionFacts(volume),
    ['Created', formatInstant(volume.createdAt)],
    ...tagFacts(volume.tags),
  ])
}

const FOREIGN = 'another account’s, only snapshots of it are shared'
const REMOVED = 'removed, only its snapshots are left'

function loadFacts({ load }: Volume): [string, string][] {
  if (load === null || load.state === 'loaded') return []
  const loaded = `${formatSize(load.loadedBytes)} of ${formatSize(load.totalBytes)}`
  return [['Loaded', load.state === 'loading' ? loaded : `${loaded}, ${load.state}`]]
}

function kindText(volume: Volume): string {
  const identity = volume.identity === 'content' ? 'by content' : 'by write'
  return `${volume.kind}, identity ${identity}`
}

function stateText(view: LibraryView, volume: Volume): string {
  const { ownerId, source, load } = volume
  if (!isOwn(view, { ownerId })) return `of ${ownerId}`
  if (volume.isRemoved) return 'removed'
  if (volume.isToBeRemoved) return 'leaving'
  if (load !== null && load.state !== 'loaded') return load.state
  return source?.state ?? 'present'
}

export function volumeTable(view: LibraryView, volumes: readonly Volume[]): string {
  const isSplit = view.regions.length > 1
  return table(
    [
      { heading: 'Id' },
      { heading: 'Name' },
      ...(isSplit ? [{ heading: 'Region' }] : []),
      { heading: 'Kind' },
      { heading: 'Size', isFigure: true },
      { heading: 'Snapshots', isFigure: true },
      { heading: 'State' },
    ],
    volumes.map((volume) => [
      volume.volumeId,
      safeName(volume.name),
      ...(isSplit ? [volume.region] : []),
      volume.kind,
      formatSize(volume.sizeBytes),
      String(volume.snapshotCount),
      stateText(view, volume),
    ]),
  )
}
