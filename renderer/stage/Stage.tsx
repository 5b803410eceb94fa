import type { StageProps } from './stage-props.ts'
import { treeOf } from './tree.ts'

export type { CoreMode, Motion, Question, SelectHow, StageProps } from './stage-props.ts'

/** The lanes of a volume and its clones, and the core sample under them. */
export function Stage({ library, volumeId }: StageProps) {
  const tree = treeOf(library, volumeId)
  return <section aria-label={tree.volumes[0]?.name} className="stage" />
}
