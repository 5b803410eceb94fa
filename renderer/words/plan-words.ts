import type { Deletion, DeletionPlan } from '../../core/contract/deletion.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { formatBytes } from './byte-format.ts'
import { count, joinNames } from './names.ts'
import { stress } from './phrase.ts'
import { formatInstant, formatSpan } from './time-format.ts'

/** Figures that a sum writes out. */
const MAX_ADDENDS = 4

/** A result to tell: what happened, then what it means. */
export type Told = { title: string; body: string }

export function deletedWords(names: string, done: Deletion, plan: DeletionPlan): Told {
  const until =
    done.undoableUntil === null
      ? ''
      : ` Can be undone for ${formatSpan(done.undoableUntil - done.deletedAt)}.`
  if (plan.pendingIds.length === plan.snapshotIds.length) {
    return { title: `${names} will ${pendingFate(plan)} when complete`, body: until.trim() }
  }
  if (plan.binned.length === plan.snapshotIds.length) {
    return {
      title: `Moved ${names} to the Recycle Bin`,
      body: `Nothing is released before ${formatInstant(lastExitOf(plan))}. It can be recovered until then.`,
    }
  }
  return {
    title: `Deleted ${names}`,
    body: `Released ${formatBytes(done.releasedBytes)}; ${formatBytes(storedFor(plan))} stay stored.${until}`,
  }
}

function pendingFate({ binned, snapshotIds }: DeletionPlan): string {
  if (binned.length === 0) return 'be deleted'
  const isEach = binned.length === snapshotIds.length
  return isEach ? 'go to the Recycle Bin' : 'be deleted or go to the Recycle Bin'
}

/** What is stored until the Recycle Bin is left, bytes. */
function storedFor(plan: DeletionPlan): number {
  return binnedWhole(plan).length === 0
    ? plan.storedBytesAfter
    : plan.storedBytesBefore - plan.releasedNowBytes
}

export function undoneWords(undone: Deletion): Told {
  return {
    title: `${joinNames(undone.names)} ${undone.names.length === 1 ? 'is' : 'are'} back`,
    body: `Nothing was lost: ${formatBytes(undone.releasedBytes)} are stored again.`,
  }
}

/** The button that does it: "Delete 2 snapshots, release 6 GiB". */
export function confirmLabel(plan: DeletionPlan): string {
  const what =
    plan.snapshotIds.length === 1 ? 'snapshot' : count(plan.snapshotIds.length, 'snapshot')
  const when = plan.pendingIds.length === plan.snapshotIds.length ? ' when complete' : ''
  if (plan.binned.length === plan.snapshotIds.length)
    return `Move ${what} to the Recycle Bin${when}`
  if (when !== '') return `Delete ${what}${when}`
  return `Delete ${what}, release ${formatBytes(plan.releasedNowBytes)}`
}

/** What comes back now and what later, where some go to the Recycle Bin; else null. */
export function binWords(plan: DeletionPlan): string | null {
  if (plan.binned.length === 0) return null
  if (binnedWhole(plan).length === 0) return pendingBinWords(plan)
  const laterBytes = plan.releasedBytes - plan.releasedNowBytes
  const now = plan.releasedNowBytes === 0 ? 'Nothing' : formatBytes(plan.releasedNowBytes)
  const isLeft = `the Recycle Bin is left on ${formatInstant(lastExitOf(plan))}`
  if (plan.releasedBytes === 0) return `Nothing comes back, now or when ${isLeft}.`
  return `${now} comes back now, ${laterBytes === 0 ? 'no more' : formatBytes(laterBytes)} once ${isLeft}.`
}

/** Of a deletion of which only what is pending goes to the Recycle Bin: how much, nobody knows yet. */
function pendingBinWords({ binned, snapshotIds }: DeletionPlan): string {
  const isEach = binned.length === snapshotIds.length
  if (binned.length === 1) {
    return `${isEach ? 'It' : 'One of them'} goes to the Recycle Bin when it is complete.`
  }
  const which = isEach ? 'They' : `${binned.length.toLocaleString('en-GB')} of them`
  return `${which} go to the Recycle Bin when they are complete.`
}

/** Those that go to the Recycle Bin at once: of what is pending neither bytes nor dates are known. */
export function binnedWhole({ binned, pendingIds }: DeletionPlan): DeletionPlan['binned'] {
  const pending = new Set(pendingIds)
  return binned.filter(({ snapshotId }) => !pending.has(snapshotId))
}

function lastExitOf(plan: DeletionPlan): number {
  return Math.max(...binnedWhole(plan).map(({ exitsAt }) => exitsAt))
}

/** What goes besides bytes: the points in time that can no longer be restored. */
export function lostWords(doomed: readonly Snapshot[], kept: readonly Snapshot[]): string {
  const lost = count(doomed.length, 'restore point')
  const newest = kept.toSorted((a, b) => a.startedAt - b.startedAt).at(-1)
  if (newest === undefined) return `${lost}, the last of this tree. No older state can be restored.`
  return `${lost}. Newest one left is ${newest.name}, ${formatInstant(newest.startedAt)}. The live volume stays as it is.`
}

/** Why a row of the ledger frees what it frees. */
export function becauseAlone(snapshot: Snapshot, heirNames: readonly string[] | null): string {
  if (snapshot.state === 'pending') return 'not known yet'
  if (snapshot.state === 'error') return 'nothing is in it'
  const { storedHereBytes, releasedIfDeletedBytes, heldIfDeletedBytes } = snapshot
  const kept = storedHereBytes - releasedIfDeletedBytes - heldIfDeletedBytes
  if (snapshot.storedHereBytes === 0) return 'stores nothing itself'
  if (kept === 0) return `only ${snapshot.name} holds them`
  const passes = `${formatBytes(kept)} would pass`
  return heirNames === null || heirNames.length === 0
    ? `${passes} on`
    : `${passes} to ${joinNames(heirNames)}`
}

export function becauseSurplus(doomed: readonly Snapshot[]): string {
  return doomed.length === 2
    ? `held only by ${joinNames(doomed.map((s) => s.name))}`
    : 'held only within the selection'
}

/** The sum under the ledger's rows, for ears and for the last doubt. */
export function ledgerSum(doomed: readonly Snapshot[], plan: DeletionPlan, heirs: string): string {
  const together = formatBytes(plan.releasedBytes)
  const [only, ...more] = doomed
  if (plan.pendingIds.length === plan.snapshotIds.length) {
    return 'What comes back is known when it is complete.'
  }
  if (only !== undefined && more.length === 0) {
    const later = binnedWhole(plan).length === 0 ? '' : ' once the Recycle Bin is left'
    if (plan.heirs.length === 0) {
      const back =
        plan.releasedBytes === 0 ? 'Nothing comes back' : `${stress(together)} come back${later}`
      return `${back}, and nobody has to take over.`
    }
    const passed = formatBytes(plan.heirs.reduce((sum, h) => sum + h.inheritedBytes, 0))
    if (plan.releasedBytes === 0) return `Nothing comes back: ${stress(passed)} pass to ${heirs}.`
    return `${stress(together)} come back${later}; ${stress(passed)} pass to ${heirs}.`
  }
  const alone = aloneSum(doomed, plan)
  if (plan.surplusBytes === 0) return `Alone ${alone}, together the same ${stress(together)}.`
  return `Alone ${alone}, together ${together}: ${stress(`${formatBytes(plan.surplusBytes)} are ${becauseSurplus(doomed)}.`)}`
}

/** "0 B + 2 GiB" while that can be read, else the sum. */
function aloneSum(doomed: readonly Snapshot[], plan: DeletionPlan): string {
  return doomed.length > MAX_ADDENDS
    ? `${formatBytes(plan.singleSumBytes)} in sum`
    : doomed.map((s) => formatBytes(s.releasedIfDeletedBytes)).join(' + ')
}
