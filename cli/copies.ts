import { StrataError } from '../core/contract/errors.ts'
import { type RegionName, SnapshotId } from '../core/contract/ids.ts'
import type { LibraryView, Snapshot } from '../core/contract/model.ts'
import type { CopyPlan } from '../core/contract/results.ts'
import { formatSize } from '../core/contract/size-text.ts'
import { type Answer, answer } from './answer.ts'
import { snapshotName, volumeName } from './describe.ts'
import { findRegion, findSnapshot, unknownSnapshot } from './find.ts'
import { CopyJson, CopyPlanJson } from './json.ts'
import type { Library } from './library.ts'
import type { EncryptionOptions } from './options.ts'
import { facts, safeName } from './table.ts'

/** The options of `snapshot copy`, as they are given. */
export type CopyOptions = {
  readonly toRegion: string
  readonly name?: string
  readonly description?: string
  readonly minutes?: number
  readonly dryRun?: boolean
} & EncryptionOptions

export async function copySnapshot(
  library: Library,
  text: string,
  options: CopyOptions,
): Promise<Answer> {
  const { engine } = library
  const view = await library.engine.describeLibrary()
  const region = findRegion(view, options.toRegion).name
  const { encrypted, key, minutes: completionMinutes } = options
  // As in EBS a copy of an id that nobody knows is begun, and fails.
  const unknown = options.dryRun === true ? undefined : unknownId(view, text)
  if (unknown !== undefined) {
    await library.finish(await engine.copySnapshot({ snapshotId: unknown, region }), 'copy')
  }
  const source = sourceOf(view, text)
  const asked = { snapshotId: source.snapshotId, region, completionMinutes, encrypted, key }
  if (options.dryRun === true) {
    const plan = { copiedFrom: source.snapshotId, region, ...(await engine.planCopy(asked)) }
    const title = `Copying ${safeName(source.name)} to ${region}`
    return answer(CopyPlanJson, plan, `${title}\n${movedText(view, source, region, plan, 'Moves')}`)
  }
  const { name, description } = options
  const started = await engine.copySnapshot({ ...asked, name, description })
  const result = await library.finish(started, 'copy')
  const after = await library.engine.describeLibrary()
  const snapshot = findSnapshot(after, result.snapshotId)
  const title = `Copied ${safeName(source.name)} to ${region}: ${safeName(snapshot.name)} (${snapshot.snapshotId})`
  return answer(
    CopyJson,
    { ...result, copiedFrom: source.snapshotId, region, snapshot },
    `${title}\n${movedText(after, source, region, result, 'Moved')}`,
  )
}

/** @throws StrataError InvalidParameterValue for what cannot be an id, else as `findSnapshot` */
function sourceOf(view: LibraryView, text: string): Snapshot {
  try {
    return findSnapshot(view, text)
  } catch (error) {
    if (!(error instanceof StrataError) || error.code !== 'InvalidSnapshotID.Malformed') throw error
    throw new StrataError('InvalidParameterValue', { snapshotId: text })
  }
}

function unknownId(view: LibraryView, text: string): SnapshotId | undefined {
  const { data: id } = SnapshotId.safeParse(text)
  if (id === undefined || unknownSnapshot(id).code !== 'InvalidSnapshot.NotFound') return undefined
  return view.snapshots.some(({ snapshotId }) => snapshotId === id) ? undefined : id
}

/** Two digits behind the point at most. */
function rate(mibPerSecond: number): number {
  return Math.round(mibPerSecond * 100) / 100
}

/** How much moves, and why it is that much. */
function movedText(
  view: LibraryView,
  source: Snapshot,
  region: RegionName,
  plan: CopyPlan,
  verb: 'Moves' | 'Moved',
): string {
  return facts([
    [verb, formatSize(plan.movedBytes)],
    [plan.incremental ? 'Incremental' : 'Full', reasonOf(view, source, region, plan)],
    ...(plan.mibPerSecond === null ? [] : [['Needs', `${rate(plan.mibPerSecond)} MiB/s`] as const]),
  ])
}

function reasonOf(
  view: LibraryView,
  source: Snapshot,
  region: RegionName,
  { baseId, fullBecause }: CopyPlan,
): string {
  const volume = volumeName(view, source.volumeId)
  switch (fullBecause) {
    case 'first-copy':
      return `the first copy of a snapshot of ${volume} to ${region}`
    case 'newest-copy-deleted':
      return `the newest copy of a snapshot of ${volume} to ${region} was deleted`
    case 'other-key':
      return 'under another key nothing of what is there can be read'
    case null:
      if (baseId === null || baseId === source.snapshotId) {
        return 'in its own region it reads the blocks of its source'
      }
      return `over ${snapshotName(view, baseId)} (${baseId}), the newest copy there`
    default:
      return fullBecause satisfies never
  }
}
