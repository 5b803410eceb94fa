import type { SnapshotId } from '../../../core/contract/ids.ts'
import type { Column } from '../columns.ts'
import { DELETED_STEPS, type Play, progressOf, TAKEN_STEPS } from '../use-motion.ts'
import type { Scene, SceneColumn } from './scene.ts'

/** What a motion does to the cells at this instant; shares from 0 to 1. */
export type Moves =
  | {
      readonly kind: 'taken'
      readonly takenId: SnapshotId
      /** What was written since the last snapshot lights up, and goes out again. */
      readonly glow: number
      /** Unchanged bands reach into the new column; what changed falls into it. */
      readonly part: number
    }
  | {
      readonly kind: 'deleted'
      /** Released cells run out at the foot. */
      readonly drain: number
      /** Inherited cells slide to their heir. */
      readonly pass: number
    }

export function movesOf(play: Play | null): Moves | null {
  if (play === null || play.isStill) return null
  if (play.motion.kind === 'taken') {
    const { glow, part } = progressOf(TAKEN_STEPS, play.elapsedMs)
    return { kind: 'taken', takenId: play.motion.snapshotId, glow: glow * (1 - part), part }
  }
  const { drain, pass } = progressOf(DELETED_STEPS, play.elapsedMs)
  return { kind: 'deleted', drain, pass }
}

/** Whether the columns of a deletion are closing already: then the lanes show the new state. */
export function isClosing(play: Play): boolean {
  const { drain, pass } = DELETED_STEPS
  return play.motion.kind === 'deleted' && play.elapsedMs >= drain + pass
}

/** The scene before a deletion with its columns on their way to where they will be. */
export function closingScene(before: Scene, after: readonly Column[], play: Play): Scene {
  const { close } = progressOf(DELETED_STEPS, play.elapsedMs)
  if (close === 0) return before
  const goals = new Map(after.map((column) => [keyOf(column), column]))
  let edge = 0
  const columns = before.columns.map((here): SceneColumn => {
    const goal = goals.get(keyOf(here.column))
    const toX = goal?.x ?? edge
    const toWidth = goal?.width ?? 0
    edge = toX + toWidth
    const x = here.column.x + (toX - here.column.x) * close
    const width = here.column.width + (toWidth - here.column.width) * close
    return { ...here, column: { ...here.column, x, width } }
  })
  return { ...before, columns }
}

function keyOf(column: Column): string {
  return column.id ?? 'now'
}
