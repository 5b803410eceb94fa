import type { Input, Output } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { SnapshotId } from '../contract/ids.ts'
import type { Image, SnapshotReturn } from '../contract/image.ts'
import { show } from '../contract/show.ts'
import type { Context } from '../engine/context.ts'
import { type Line, toldChange } from '../engine/told-change.ts'
import { refusalOf } from './deletion-guards.ts'
import { deleteAlong, planGuardedDeletion } from './guarded-deletion.ts'
import { imageGuard, ownImage } from './images.ts'

/** What becomes of its snapshots if they are to go with it, and what that releases. */
export function planDeregistration(
  context: Context,
  { imageId }: Input<'planDeregistration'>,
): Output<'planDeregistration'> {
  const { library } = context
  const snapshots = returnsOf(context, ownImage(library, imageId))
  const going = goingOf(snapshots)
  return {
    snapshots,
    plan:
      going.length === 0
        ? null
        : { ...planGuardedDeletion(context, { snapshotIds: going }), pinned: [] },
    revision: library.facts().revision,
  }
}

/**
 * The image goes. Instances, their volumes and the snapshots stay; with `deleteSnapshots` those go in
 * the same transaction that nothing else keeps.
 */
export function deregisterImage(
  context: Context,
  { imageId, deleteSnapshots }: Input<'deregisterImage'>,
): Output<'deregisterImage'> {
  const { library } = context
  const image = ownImage(library, imageId)
  const { revision } = library.facts()
  if (deleteSnapshots !== null && deleteSnapshots.revision !== revision) {
    throw new StrataError('PLAN_STALE', {
      previewed: deleteSnapshots.revision,
      current: revision,
    })
  }
  const snapshots = deleteSnapshots === null ? [] : returnsOf(context, image)
  const snapshotIds = goingOf(snapshots)
  const line = lineOf(image, deleteSnapshots !== null)
  const work = () => {
    library.images.deregister(imageId)
    library.imageTags.keepOnly(imageId, [])
  }
  if (deleteSnapshots === null || snapshotIds.length === 0) {
    toldChange(context, line, work)
    return { imageId, snapshots, deletion: null }
  }
  const deletion = deleteAlong(context, { ...deleteSnapshots, snapshotIds }, { work, line })
  return { imageId, snapshots, deletion }
}

function lineOf({ imageId, name }: Image, isDeleting: boolean): Line {
  const options = isDeleting ? ['--delete-snapshots'] : []
  return {
    title: `Deregistered image ${show(name)}`,
    command: ['image', 'deregister', imageId, ...options],
  }
}

/** Each snapshot once, whatever number of devices it is mapped to. */
function returnsOf(context: Context, { imageId, mappings }: Image): SnapshotReturn[] {
  const { library } = context
  const ids = new Set(mappings.flatMap(({ snapshotId }) => snapshotId ?? []))
  return [...ids].map((snapshotId) => {
    const other = library.images.mapping(snapshotId).find((mapper) => mapper !== imageId)
    if (other !== undefined) {
      return { snapshotId, returnCode: 'skipped', reason: `It is in use by ${other}.` }
    }
    const refusal = refusalOf(context, library.snapshotRow(snapshotId), imageGuard)
    return refusal === null
      ? { snapshotId, returnCode: 'success', reason: '' }
      : { snapshotId, returnCode: 'client-error', reason: refusal.message }
  })
}

function goingOf(snapshots: readonly SnapshotReturn[]): SnapshotId[] {
  return snapshots
    .filter(({ returnCode }) => returnCode === 'success')
    .map(({ snapshotId }) => snapshotId)
}
