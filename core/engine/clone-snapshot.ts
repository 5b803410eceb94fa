import { Delta } from '../blocks/delta.ts'
import type { Input, Output } from '../contract/calls.ts'
import { sizeOf } from '../lineage/index-set.ts'
import { BlockMap } from './block-map.ts'
import { makeSealed } from './clone-sealed.ts'
import { makeWhole } from './clone-whole.ts'
import type { Context } from './context.ts'
import { addManaged, type Credit } from './create-volume.ts'
import { chosenForVolume } from './encryption-choice.ts'
import { startLoading } from './load-volume.ts'
import { type Clone, newClone, stepOf } from './new-clone.ts'

/**
 * Makes a managed volume that reads what the snapshot reads. Its own snapshots will be incremental
 * to that one, if both have one owner and one key; else the first is full. A plain one can be used at
 * once, an encrypted one as soon as its keys are open.
 *
 * @param credit for having all of it in the volume before that is there; null: none is left
 */
export function createVolumeFromSnapshot(
  context: Context,
  input: Input<'createVolumeFromSnapshot'>,
  credit: Credit | null,
  alongside: Clone['alongside'],
): Output<'createVolumeFromSnapshot'> {
  const clone = { ...newClone(context, input), alongside }
  const choice = chosenForVolume(context.library, clone.origin, input, clone.row.region)
  if (choice.kind !== 'plain') context.library.keyring.assertOpenable()
  const rateMiBPerS = input.rateMiBPerS ?? null
  if (choice.kind !== 'plain') return makeSealed(context, clone, choice, { credit, rateMiBPerS })
  return credit === null
    ? makeLazily(context, clone, rateMiBPerS)
    : makeWhole(context, clone, credit)
}

/** Fill blocks are taken over as such; the rest is copied to its file afterwards, or when touched. */
function makeLazily(
  context: Context,
  clone: Clone,
  rateMiBPerS: number | null,
): Output<'createVolumeFromSnapshot'> {
  const { library } = context
  const { origin, row } = clone
  const { pieces } = BlockMap.of(library, origin.id)
  const unloaded = Delta.of(pieces.filter(({ kind }) => kind === 'data'))
  addManaged(library, row, null, () => {
    library.loads.insert({
      id: row.id,
      unloaded: unloaded.encode(),
      rateMiBPerS,
      totalBlocks: sizeOf(unloaded.stored),
      isFastRestored: false,
    })
    library.history.add(stepOf(library, clone))
    clone.alongside(row)
  })
  return { jobId: startLoading(context, row.id), volumeId: row.id }
}
