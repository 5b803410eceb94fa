import type { ImageId, SnapshotId } from '../../../core/contract/ids.ts'
import type { KeyMarks } from '../../words/key-words.ts'
import type { UnloadedLook } from '../../words/load-words.ts'
import type { Generation } from '../colours.ts'
import type { ColumnLayout } from '../columns.ts'
import type { StripRun } from '../core/strip.ts'
import type { VolumeTree } from '../tree.ts'
import type { FramedImage } from './frames.ts'
import type { LaneLayout } from './lane-layout.ts'

/** All that the lanes are drawn from. */
export type LaneView = {
  readonly tree: VolumeTree
  readonly layout: ColumnLayout
  readonly lanes: LaneLayout
  readonly generations: ReadonlyMap<SnapshotId, Generation>
  /** By snapshot id; the head under null, for the volume that the core sample follows. */
  readonly strips: ReadonlyMap<SnapshotId | null, readonly StripRun[]>
  /** Generation of each column of the picture, by its number there. */
  readonly generationOfColumn: readonly Generation[]
  readonly followedId: string
  readonly selected: ReadonlySet<SnapshotId>
  readonly pointedId: SnapshotId | null
  readonly doomed: ReadonlySet<SnapshotId>
  /** Doomed ones that cannot be deleted. */
  readonly pinned: ReadonlySet<SnapshotId>
  readonly isPreview: boolean
  /** Who takes over how much; null: more than is known. */
  readonly takeovers: ReadonlyMap<SnapshotId, number | null>
  readonly focusKey: string
  /** Of the columns, pixels before panning; more than the window shows, and in steps. */
  readonly seen: { readonly from: number; readonly to: number }
  readonly takenId: SnapshotId | null
  /** What the highest bar stands for. */
  readonly fullBarBytes: number
  readonly nowMs: number
  /** They are drawn as frames around the snapshots that they map. */
  readonly images: readonly FramedImage[]
  readonly shownImageId: ImageId | null
  readonly keyMarks: KeyMarks
  /** Of what the volume that the core sample follows has not got. */
  readonly unloadedLook: UnloadedLook
}

/** The key of a head among the keys of a lane's nodes. */
export function headKey(volumeId: string): string {
  return `head:${volumeId}`
}
