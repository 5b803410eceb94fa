import type { Lineage } from './lineage.ts'

/** The figures of a living node, in blocks; `fairShare` is a fraction. */
export type Figures = {
  full: number
  added: number
  inherited: number
  storedHere: number
  shared: number
  released: number
  fairShare: number
}

export type LibraryFigures = {
  /** Living nodes. */
  of: Map<string, Figures>
  /** Distinct blocks that living nodes read. */
  stored: number
  /** Dead nodes: those of their own blocks that living nodes still read. */
  held: Map<string, number>
}

export function figuresOf(_lineage: Lineage): LibraryFigures {
  throw new Error('not yet written')
}
