import { figuresOf } from '../figures.ts'
import { EMPTY, type IndexSet, span } from '../index-set.ts'
import type { Lineage, LineageNode } from '../lineage.ts'
import { planRelease } from '../release.ts'

/** Blocks in a MiB and a GiB, at 512 KiB a block. */
export const MIB = 2
export const GIB = 2_048

let clock = 0

/** A living snapshot, later than those before. */
export const snapshot = (
  id: string,
  parentId: string | null,
  data: IndexSet,
  blockCount = 15 * GIB,
): LineageNode => ({
  id,
  parentId,
  isAlive: true,
  startedAtMs: clock++,
  blockCount,
  data,
  holes: EMPTY,
})
export const gib = (start: number, end: number) => span(start * GIB, end * GIB)
export const mib = (start: number, end: number) => span(start * MIB, end * MIB)
export const storedIn = (lineage: Lineage) => figuresOf(lineage).stored
export const releasedBy = (lineage: Lineage, ...ids: string[]) => planRelease(lineage, ids).released
export const hereOf = (lineage: Lineage, id: string) => figuresOf(lineage).of.get(id)!.storedHere
export const fullOf = (lineage: Lineage, id: string) => figuresOf(lineage).of.get(id)!.full
