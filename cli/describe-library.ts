import type { LibraryView, Region } from '../core/contract/model.ts'
import { formatSize } from '../core/contract/size-text.ts'
import { exact } from './describe.ts'
import { facts, safeName, table } from './table.ts'

/** What lies on the disk is everybody's, and all else that is told the account's: that is said. */
export const diskOf = (accounts: readonly unknown[]) =>
  accounts.length > 1 ? 'On disk, all accounts' : 'On disk'

/** @param isOfRegion whether `view` tells of one region, but for what is given back everywhere at once */
export function statsText(view: LibraryView, isOfRegion: boolean): string {
  const { accounts, regions, ...stats } = view
  const all = accounts.length > 1 ? ', of all accounts' : ''
  const everywhere = isOfRegion ? `${all}, of all regions` : all
  const asking = accounts.find(({ isCurrent }) => isCurrent)!
  const account =
    asking.name === '' ? asking.accountId : `${asking.accountId} (${safeName(asking.name)})`
  const whole = facts([
    ['Library', safeName(stats.path)],
    ['Id', stats.libraryId],
    ...(all === '' ? [] : [['Account', account] as const]),
    ['Volumes', String(stats.volumeCount)],
    ['Snapshots', String(stats.snapshotCount)],
    ['Stored', exact(stats.storedBytes)],
    ['On disk', exact(stats.physicalBytes) + all],
    ...(stats.heldBytes === 0
      ? []
      : [
          [
            'Held',
            `${exact(stats.heldBytes)} for volumes that still load it${everywhere}`,
          ] as const,
        ]),
    ['Reclaimable', exact(stats.reclaimableBytes) + everywhere],
    ['Compression', stats.compression],
    ['Format', String(stats.formatVersion)],
    ['Revision', String(stats.revision)],
  ])
  return `${whole}\n\n${regionTable(regions, diskOf(accounts))}`
}

export function regionText(region: Region, disk: string): string {
  return facts([
    ['Region', region.isCurrent ? `${region.name} (current)` : region.name],
    ['Volumes', String(region.volumeCount)],
    ['Snapshots', String(region.snapshotCount)],
    ['Stored', exact(region.storedBytes)],
    [disk, exact(region.physicalBytes)],
  ])
}

/** The current one is marked. @param disk as `diskOf` */
export function regionTable(regions: readonly Region[], disk: string): string {
  return table(
    [
      { heading: 'Region' },
      { heading: '' },
      { heading: 'Volumes', isFigure: true },
      { heading: 'Snapshots', isFigure: true },
      { heading: 'Stored', isFigure: true },
      { heading: disk, isFigure: true },
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
