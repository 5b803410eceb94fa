import type { PolicyRow } from '../catalog/policies.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { VolumeId } from '../contract/ids.ts'
import { POLICY_TAGS } from '../contract/policy.ts'
import type { Tag } from '../contract/tags.ts'
import type { Library } from '../engine/library.ts'

/** A snapshot as retention sees it, whether it is there or a preview thinks of it. */
export type Kept = {
  readonly volumeId: VolumeId
  readonly startedAt: number
  readonly scheduleName: string
  /** null where its age does not matter. */
  readonly expiresAt: number | null
}
export type KeptRow = Kept & { readonly row: SnapshotRow }

/** What a policy took of a volume, in whatever state, and what of that it still manages. */
export type Made = { readonly rows: readonly SnapshotRow[]; readonly kept: readonly KeptRow[] }

const NOTHING: Made = { rows: [], kept: [] }

/** By the volume, each oldest first. */
export function madeBy(library: Library, policy: PolicyRow): (id: VolumeId) => Made {
  const tags = library.snapshotTags.all(policy.accountId)
  const made = new Map<VolumeId, { rows: SnapshotRow[]; kept: KeptRow[] }>()
  for (const row of library.snapshotRows().values()) {
    const own = tags.get(row.id)
    if (own === undefined || valueUnder(own, POLICY_TAGS.policyId) !== policy.id) continue
    const of = made.get(row.volumeId) ?? { rows: [], kept: [] }
    made.set(row.volumeId, of)
    of.rows.push(row)
    const kept = keptOf(row, own)
    if (kept !== null) of.kept.push(kept)
  }
  return (id) => made.get(id) ?? NOTHING
}

/** One that is being taken is managed once it is there; one that failed or was let go of, not. */
function keptOf(row: SnapshotRow, tags: readonly Tag[]): KeptRow | null {
  if (row.state !== 'completed' || valueUnder(tags, POLICY_TAGS.isManaged) === undefined)
    return null
  const expiresAt = valueUnder(tags, POLICY_TAGS.expiresAt)
  return {
    row,
    volumeId: row.volumeId,
    startedAt: row.startedAt,
    scheduleName: valueUnder(tags, POLICY_TAGS.scheduleName) ?? '',
    expiresAt: expiresAt === undefined ? null : Date.parse(expiresAt),
  }
}

/** The volumes that a policy is about; removed ones only where their snapshots still become old. */
export function targetsOf(library: Library, policy: PolicyRow): VolumeRow[] {
  const tags = library.volumeTags.all(policy.accountId)
  return [...library.volumeRows().values()].filter(
    ({ id, ownerId, region, isRemoved }) =>
      ownerId === policy.accountId &&
      region === policy.region &&
      (!isRemoved || keepsByAge(policy)) &&
      hasOneOf(policy.targetTags, tags.get(id) ?? []),
  )
}

export function keepsByAge({ schedules }: Pick<PolicyRow, 'schedules'>): boolean {
  return schedules.some(({ retention }) => retention.kind === 'age')
}

/**
 * Those of one volume that are too many or too old, oldest first. The newest of a schedule is never
 * too old: it stays until there is a newer one. A schedule that is gone has let go of its own.
 */
export function superfluous<K extends Kept>(
  { schedules }: Pick<PolicyRow, 'schedules'>,
  kept: readonly K[],
  at: number,
): K[] {
  const due = schedules.flatMap(({ name, retention }) => {
    const own = kept.filter(({ scheduleName }) => scheduleName === name)
    return retention.kind === 'count'
      ? own.slice(0, Math.max(0, own.length - retention.count))
      : own.slice(0, -1).filter(({ expiresAt }) => expiresAt !== null && expiresAt <= at)
  })
  return due.sort((a, b) => a.startedAt - b.startedAt)
}

/** When the next of these becomes too old after `ms` while nothing else changes; null: none does. */
export function nextExpiryOf(
  { schedules }: Pick<PolicyRow, 'schedules'>,
  kept: readonly Kept[],
  ms: number,
): number | null {
  const expiries = schedules.flatMap(({ name }) =>
    kept
      .filter(({ scheduleName }) => scheduleName === name)
      .slice(0, -1)
      .flatMap(({ expiresAt }) => (expiresAt === null || expiresAt <= ms ? [] : [expiresAt])),
  )
  return expiries.length === 0 ? null : Math.min(...expiries)
}

function hasOneOf(wanted: readonly Tag[], own: readonly Tag[]): boolean {
  return wanted.some(({ key, value }) => own.some((tag) => tag.key === key && tag.value === value))
}

function valueUnder(tags: readonly Tag[], key: string): string | undefined {
  return tags.find((tag) => tag.key === key)?.value
}
