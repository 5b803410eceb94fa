import type { StrataApi } from '../../core/contract/calls.ts'
import type { DeletionPlan, Heir } from '../../core/contract/deletion.ts'
import type { BlockRange, ImageId, SnapshotId, VolumeId } from '../../core/contract/ids.ts'
import type { VolumeLoad } from '../../core/contract/loading.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import type { KeyMarks } from '../words/key-words.ts'

/** What is being asked of the picture; everything drawn follows from the library and this. */
export type Question = { kind: 'none' } | { kind: 'preview'; plan: DeletionPlan }

/** What the colour of a cell of the core sample tells. */
export type CoreMode = 'owner' | 'changed' | 'survival' | 'state'

/** Something that has just happened and is worth seeing happen. */
export type Motion =
  | { kind: 'taken'; snapshotId: SnapshotId }
  | { kind: 'deleted'; snapshotIds: readonly SnapshotId[]; heirs: readonly Heir[] }

export type SelectHow = 'one' | 'toggle' | 'range'

export type StageProps = {
  library: LibraryView
  volumeId: VolumeId
  question: Question
  selection: readonly SnapshotId[]
  hoverId: SnapshotId | null
  mode: CoreMode
  onMode(mode: CoreMode): void
  sampleCore: StrataApi['sampleCore']
  motion: Motion | null
  reducedMotion: boolean
  onHover(id: SnapshotId | null): void
  /** The cells are on the canvas, or it is told why they are not; again after each change. */
  onDrawn(): void
  onSelect(ids: readonly SnapshotId[], how: SelectHow): void
  onContextMenu(id: SnapshotId, x: number, y: number): void
  /** The image whose frames stand out. */
  shownImageId: ImageId | null
  /** @param at a volume that it keeps a snapshot of, and that is to be seen */
  onImage(id: ImageId, at?: VolumeId): void
  /** Of what is encrypted, snapshots and volumes. */
  keyMarks: KeyMarks
  /** The volume is kept in the library: cells picked on the head's column can be written. */
  canWrite: boolean
  onWriteCells(ranges: BlockRange[]): void
  /** How far the volume has been loaded; null: it was not made of a snapshot. */
  load: VolumeLoad | null
  onLoadCells(ranges: BlockRange[]): void
}
