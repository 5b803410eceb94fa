import type { Delta } from '../blocks/delta.ts'

/** What moved for a copy: blocks that lie in its region's folder, synced, and that no row names. */
export type Moved = {
  readonly movedBlocks: number
  /** Within the change that completes the copy: names them. @returns what the copy itself says */
  settle(): Delta
  /** Gives them back, since `error` came between. */
  drop(error: unknown): void
}
