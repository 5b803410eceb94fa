import { expect, it } from 'vitest'
import type { DeletionPlan } from '../core/contract/deletion.ts'
import { SnapshotId } from '../core/contract/ids.ts'
import type { LibraryView } from '../core/contract/model.ts'
import { planText } from './plan-text.ts'

const GIB = 2 ** 30
const [a, b, c] = ['a', 'b', 'c'].map((digit) => SnapshotId.parse(`snap-${digit.repeat(17)}`)) as [
  SnapshotId,
  SnapshotId,
  SnapshotId,
]
const view = {
  snapshots: [],
  volumes: [],
  remnants: [],
  newestCopies: [],
} as unknown as LibraryView
const inBin = (...ids: SnapshotId[]) => ids.map((snapshotId) => ({ snapshotId, exitsAt: 0 }))

/** What a plan for these three tells as released. */
function releases(given: Partial<DeletionPlan>): string | undefined {
  const plan: DeletionPlan = {
    ...{ snapshotIds: [a, b, c], pendingIds: [], binned: [], pinned: [], heirs: [], heldBy: [] },
    ...{ releasedBytes: 0, releasedNowBytes: 0, heldBytes: 0, singleSumBytes: 0, surplusBytes: 0 },
    ...{ keptBytes: 0, storedBytesBefore: 0, storedBytesAfter: 0, revision: 1 },
    ...given,
  }
  return /^Releases +(.*)$/m.exec(planText(view, plan, false))?.[1]
}

it('what a deletion releases, and what of it only after the Recycle Bin', () => {
  const whole = { releasedBytes: 4 * GIB, releasedNowBytes: 4 * GIB }
  const none = { ...whole, releasedNowBytes: 0 }
  const some = { ...whole, releasedNowBytes: GIB }
  expect(releases(whole)).toBe('4 GiB')
  expect(releases({ ...some, binned: inBin(a, b) })).toBe(
    '4 GiB, 1 GiB of it now, the rest after the Recycle Bin',
  )
  expect(releases({ ...none, binned: inBin(a, b, c) })).toBe(
    '4 GiB, all of it after the Recycle Bin',
  )
  // What goes there frees nothing more when it leaves.
  expect(releases({ ...whole, binned: inBin(a) })).toBe('4 GiB')
  expect(releases({ binned: inBin(a, b, c) })).toBe('0 B')
})

it('what is pending and goes to the Recycle Bin adds nothing to it: its bytes are not known', () => {
  const pending = { pendingIds: [c] }
  const whole = { releasedBytes: 4 * GIB, releasedNowBytes: 4 * GIB, ...pending }
  expect(releases({ ...whole, binned: inBin(c) })).toBe('4 GiB')
  expect(releases({ pendingIds: [a, b, c], binned: inBin(a, b, c) })).toBe('0 B')
  expect(releases({ ...whole, releasedNowBytes: GIB, binned: inBin(a, c) })).toBe(
    '4 GiB, 1 GiB of it now, the rest after the Recycle Bin',
  )
  expect(releases({ ...whole, releasedNowBytes: 0, binned: inBin(a, b, c) })).toBe(
    '4 GiB, all of it after the Recycle Bin',
  )
})
