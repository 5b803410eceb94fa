import type { SnapshotId, VolumeId } from '../../../core/contract/ids.ts'
import type { Image } from '../../../core/contract/image.ts'
import type { LibraryView, Snapshot } from '../../../core/contract/model.ts'
import { volumeById } from '../../state/tree.ts'
import { joinNames } from '../../words/names.ts'
import type { VolumeTree } from '../tree.ts'
import { boxed } from './boxes.ts'
import type { FrameNode, StageNode } from './flow-nodes.ts'
import type { LaneView } from './lane-view.ts'

/** Around a box, pixels; those of pills stand closer together. */
const [AROUND, AROUND_PILL] = [5, 3]

/** An image, and what it keeps beside the snapshots that are in the picture. */
export type FramedImage = Image & { readonly others: FrameOthers | null }
export type FrameOthers = {
  /** How many, and whose. */
  readonly label: string
  /** The first volume of them; null where none of them is seen. */
  readonly volumeId: VolumeId | null
}

/** What the frames of the images in a picture tell. */
export function framedImages(
  library: LibraryView,
  { byId }: Pick<VolumeTree, 'byId'>,
): readonly FramedImage[] {
  return library.images.map((image) => {
    const mapped = new Set(image.mappings.flatMap(({ snapshotId }) => snapshotId ?? []))
    const away = [...mapped].filter((id) => !byId.has(id))
    return { ...image, others: away.length === 0 ? null : othersOf(library, away) }
  })
}

function othersOf(library: LibraryView, ids: readonly SnapshotId[]): FrameOthers {
  const known = library.snapshots.filter(({ snapshotId }) => ids.includes(snapshotId))
  const volumeIds = [...new Set(known.map(({ volumeId }) => volumeId))]
  const names = volumeIds.map((id) => volumeById(library, id)?.name ?? id)
  const of = names.length === 0 ? '' : ` of ${joinNames(names)}`
  return { label: `+${ids.length}${of}`, volumeId: volumeIds[0] ?? null }
}

/**
 * A frame behind each box whose snapshot an image maps: what keeps it. One is drawn for each
 * snapshot, since an image maps snapshots of several volumes, of which one is seen at a time.
 */
export function frameNodes(view: LaneView, nodes: readonly StageNode[]): FrameNode[] {
  return nodes.flatMap((node) => {
    if (node.type !== 'snapshot') return []
    const images = view.images.filter((image) => maps(image, node.id))
    const [first, ...more] = images
    if (first === undefined) return []
    const shown = images.find(({ imageId }) => imageId === view.shownImageId)
    const { imageId, name, others } = shown ?? first
    const { x, y } = node.position
    const isNarrow = node.data.level === 'pill'
    const around = isNarrow ? AROUND_PILL : AROUND
    const [width, height] = [(node.width ?? 0) + 2 * around, (node.height ?? 0) + 2 * around]
    return [
      {
        ...boxed(view, 0, 0, 0),
        handles: [],
        position: { x: x - around, y: y - around },
        width,
        height,
        measured: { width, height },
        id: `frame:${node.id}`,
        type: 'frame',
        zIndex: -1,
        data: {
          imageId,
          label: more.length > 0 ? `${name} and ${more.length} more` : name,
          // A preview says there what becomes of the snapshot.
          others: view.isPreview ? null : others,
          isShown: shown !== undefined,
          // A link to a copy arrives where the name would be.
          isNarrow: isNarrow || isLinked(view, node.data.id),
        },
      },
    ]
  })
}

/** Whether there is a frame around it, with the name of an image above. */
export function isFramed({ tree }: LaneView, { snapshotId }: Snapshot): boolean {
  return tree.marks.get(snapshotId)?.some(({ kind }) => kind === 'image') === true
}

function isLinked({ tree }: LaneView, id: SnapshotId): boolean {
  const source = tree.byId.get(id)?.copiedFrom ?? null
  return source !== null && tree.byId.has(source)
}

function maps({ mappings }: Image, id: string): boolean {
  return mappings.some(({ snapshotId }) => snapshotId === id)
}
