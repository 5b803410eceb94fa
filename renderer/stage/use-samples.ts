import { useMemo, useState } from 'react'
import type { SnapshotId, VolumeId } from '../../core/contract/ids.ts'
import type { Generation } from './colours.ts'
import type { BlockWindow } from './core/address-axis.ts'
import { useCoreSample } from './core/use-core-sample.ts'
import type { StageProps } from './stage-props.ts'
import type { VolumeTree } from './tree.ts'
import { usePictureFacts, useSampleRequest, useTakeovers } from './use-stage-view.ts'

type About = {
  readonly tree: VolumeTree
  readonly generations: ReadonlyMap<SnapshotId, Generation>
  /** Whose live state is asked for too. */
  readonly volumeId: VolumeId
  readonly volumeBlocks: number
  readonly doomedIds: readonly SnapshotId[]
}

/** What the engine says about the cells: all of the volume, and finer the part zoomed into. */
export function useSamples(props: StageProps, about: About) {
  const { tree, generations, volumeId, volumeBlocks, doomedIds } = about
  const { sampleCore, library, question } = props
  const [detail, setDetail] = useState<BlockWindow | null>(null)
  const whole = useMemo(() => ({ firstBlock: 0, blockCount: volumeBlocks }), [volumeBlocks])
  const request = useSampleRequest(tree, volumeId, doomedIds, volumeBlocks, null)
  const nearRequest = useSampleRequest(tree, volumeId, doomedIds, volumeBlocks, detail)
  const loadedBytes = props.load?.loadedBytes ?? 0
  const base = useCoreSample(sampleCore, request, library.revision, loadedBytes)
  const near = useCoreSample(sampleCore, detail ? nearRequest : null, library.revision, loadedBytes)
  const headRegion = tree.volumes.find((v) => v.volumeId === volumeId)?.region
  const isPreview = question.kind === 'preview'
  const facts = usePictureFacts(base.picture, tree, generations, headRegion, isPreview)
  const takeovers = useTakeovers(props, base.picture, tree)
  return {
    /** The finer one as soon as it is there. */
    sampled: detail && near.picture ? near : base,
    window: detail ?? whole,
    /** null: the whole volume. */
    setWindow: setDetail,
    facts,
    takeovers,
  }
}
