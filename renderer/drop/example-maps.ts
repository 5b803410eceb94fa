import type { CellMap } from './bands.ts'

/**
 * The example that explains the idea: A writes 10 GiB, B overwrites 4 of them, C adds 2. Cells of
 * 2 GiB; every size that is shown with it is counted from here.
 */
export const EXAMPLE: readonly CellMap[] = [
  [0, 0, 0, 0, 0, null],
  [0, 0, 0, 1, 1, null],
  [0, 0, 0, 1, 1, 2],
]
export const EXAMPLE_NAMES = ['A', 'B', 'C'] as const
export const EXAMPLE_CELL_GIB = 2
