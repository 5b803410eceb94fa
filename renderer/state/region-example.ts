import { RegionName } from '../../core/contract/ids.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { id, library, regionNamed } from './library-example.ts'

/** The chain A, B, C, and copies of all three in another region, x, y and z, each over the last. */

export const far = RegionName.parse('eu-west-1')

const HOUR_MS = 3_600_000

export function copyOf(letter: string, source: Snapshot, given: Partial<Snapshot> = {}): Snapshot {
  const index = letter.charCodeAt(0) - 120
  const isFirst = index === 0
  return {
    ...source,
    snapshotId: id(letter),
    region: far,
    copiedFrom: source.snapshotId,
    parentId: isFirst ? null : id(String.fromCharCode(119 + index)),
    startedAt: source.startedAt + 100 * 24 * HOUR_MS,
    ...given,
  }
}

export function twoRegions(given: Partial<LibraryView> = {}): LibraryView {
  const view = library()
  const [a, b, c] = view.snapshots as [Snapshot, Snapshot, Snapshot]
  return {
    ...view,
    regions: [...view.regions, regionNamed('eu-west-1')],
    snapshots: [a, b, c, copyOf('x', a), copyOf('y', b), copyOf('z', c)],
    newestCopies: [id('z')],
    ...given,
  }
}
