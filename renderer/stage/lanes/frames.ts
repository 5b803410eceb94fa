import type { SnapshotId } from '../../../core/contract/ids.ts'
import type { Image } from '../../../core/contract/image.ts'
import type { Snapshot } from '../../../core/contract/model.ts'
import { boxed } from './boxes.ts'
import type { FrameNode, StageNode } from './flow-nodes.ts'
import type { LaneView } from './lane-view.ts'

/** Around a box, pixels; those of pills stand closer together. */
const [AROUND, AROUND_PILL] = [5, 3]

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
    const { imageId, name } = shown ?? first
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
          label: more.length > 0 ? `${name} +${more.length}` : name,
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
