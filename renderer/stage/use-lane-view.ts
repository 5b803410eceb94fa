import { useMemo } from 'react'
import type { SnapshotId } from '../../core/contract/ids.ts'
import { unloadedLook } from '../words/load-words.ts'
import type { Generation } from './colours.ts'
import type { ColumnLayout } from './columns.ts'
import { fullBarBytes } from './lanes/bar.ts'
import { framedImages } from './lanes/frames.ts'
import type { LaneLayout } from './lanes/lane-layout.ts'
import type { LaneView } from './lanes/lane-view.ts'
import type { StageProps } from './stage-props.ts'
import type { VolumeTree } from './tree.ts'
import type { useSamples } from './use-samples.ts'

const NOBODY: ReadonlySet<SnapshotId> = new Set()

type About = {
  readonly tree: VolumeTree
  readonly layout: ColumnLayout
  readonly lanes: LaneLayout
  readonly generations: ReadonlyMap<SnapshotId, Generation>
  readonly samples: Pick<ReturnType<typeof useSamples>, 'facts' | 'takeovers'>
  readonly followedId: string
  /** Selected, or doomed in a preview. */
  readonly marked: ReadonlySet<SnapshotId>
  readonly focusKey: string
  /** Pixels. */
  readonly panX: number
  readonly width: number
  readonly takenId: SnapshotId | null
}

/** What the lanes are drawn from. The same object as long as they look the same. */
export function useLaneView(props: StageProps, about: About): LaneView {
  const { tree, layout, lanes, generations, followedId, marked, focusKey, takenId } = about
  const { facts, takeovers } = about.samples
  const { hoverId, library, shownImageId, keyMarks } = props
  const plan = props.question.kind === 'preview' ? props.question.plan : null
  const isPreview = plan !== null
  const look = unloadedLook(props.load)
  const pinned = useMemo(
    () => (plan === null ? NOBODY : new Set(plan.pinned.map((pin) => pin.snapshotId))),
    [plan],
  )
  const images = useMemo(() => framedImages(library, tree), [library, tree])
  // In steps of a window's width: panning by a pixel changes no node.
  const seenFrom = (Math.floor(about.panX / about.width) - 1) * about.width || 0
  const seenTo = seenFrom + 4 * about.width
  return useMemo(
    () => ({
      tree,
      layout,
      lanes,
      generations,
      strips: facts.strips,
      generationOfColumn: facts.generationOfColumn,
      followedId,
      selected: isPreview ? NOBODY : marked,
      pointedId: hoverId,
      doomed: isPreview ? marked : NOBODY,
      pinned,
      isPreview,
      takeovers,
      focusKey,
      seen: { from: seenFrom, to: seenTo },
      takenId,
      fullBarBytes: fullBarBytes(tree.snapshots),
      nowMs: Date.now(),
      images,
      shownImageId,
      keyMarks,
      unloadedLook: look,
    }),
    [
      tree,
      layout,
      lanes,
      generations,
      facts,
      followedId,
      isPreview,
      pinned,
      marked,
      hoverId,
      takeovers,
      focusKey,
      seenFrom,
      seenTo,
      takenId,
      images,
      shownImageId,
      keyMarks,
      look,
    ],
  )
}
