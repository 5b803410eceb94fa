import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import { StrataError } from '../contract/errors.ts'
import type { Context } from '../engine/context.ts'

/** EBS's limits of each account, for what is under way at once. */
const LIMITS = { archive: 25, restoreTier: 5 } as const

/** Room for one more on its way between the tiers. @throws StrataError ARCHIVE_REFUSED */
export function assertTierRoom(
  { library, jobs }: Context,
  { id, name, ownerId }: SnapshotRow,
  kind: keyof typeof LIMITS,
): void {
  const moving = jobs
    .running()
    .filter((job) => job.kind === 'archive' || job.kind === 'restoreTier')
  const rows = library.snapshotRows()
  const isOwn = (of: SnapshotRow['id'] | null) => of !== null && rows.get(of)?.ownerId === ownerId
  const others = moving.filter((job) => job.kind === kind && isOwn(job.snapshotId))
  const isBusy = moving.some(({ snapshotId }) => snapshotId === id)
  if (!isBusy && others.length < LIMITS[kind]) return
  const problem = isBusy
    ? 'it is on its way between the tiers'
    : `${LIMITS[kind]} others are on their way`
  throw new StrataError('ARCHIVE_REFUSED', { snapshot: name, problem })
}
