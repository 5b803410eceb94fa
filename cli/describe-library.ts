import type { LibraryStats, Region } from '../core/contract/model.ts'
import { formatSize } from '../core/contract/size-text.ts'
import { exact } from './describe.ts'
import { facts, safeName, table } from './table.ts'

export function statsText(stats: LibraryStats, regions: readonly Region[]): string {
  const whole = facts([
    ['Library', safeName(stats.path)],
    ['Id', stats.libraryId],
    ['Volumes', String(stats.volumeCount)],
    ['Snapshots', String(stats.snapshotCount)],
    ['Stored', exact(stats.storedBytes)],
    ['On disk', exact(stats.physicalBytes)],
    ...(stats.heldBytes === 0
      ? []
      : [['Held', `${exact(stats.heldBytes)} for volumes that still load it`] as const]),
    ['Reclaimable', exact(stats.reclaimableBytes)],
    ['Compression', stats.compression],
    ['Format', String(stats.formatVersion)],
    ['Revision', String(stats.revision)],
  ])
  return `${whole}\n\n${regionTable(regions)}`
}

export function regionText(region: Region): string {
  return facts([
    ['Region', region.isCurrent ? `${region.name} (current)` : region.name],
    ['Volumes', String(region.volumeCount)],
    ['Snapshots', String(region.snapshotCount)],
    ['Stored', exact(region.storedBytes)],
    ['On disk', exact(region.physicalBytes)],
  ])
}

/** The current one is marked. */
export function regionTable(regions: readonly Region[]): string {
  return table(
    [
      { heading: 'Region' },
      { heading: '' },
      { heading: 'Volumes', isFigure: true },
      { heading: 'Snapshots', isFigure: true },
      { heading: 'Stored', isFigure: true },
      { heading: 'On disk', isFigure: true },
    ],
    regions.map((region) => [
      region.name,
      region.isCurrent ? 'current' : '',
      String(region.volumeCount),
      String(region.snapshotCount),
      formatSize(region.storedBytes),
      formatSize(region.physicalBytes),
    ]),
  )
}
