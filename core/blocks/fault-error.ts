import { StrataError } from '../contract/errors.ts'
import type { BlockWindow } from './block-window.ts'
import type { BlockFault } from './segment-reader.ts'

/** What is told of item `i` of a window, which cannot be had from `file`. */
export function faultError(
  fault: BlockFault,
  file: string,
  window: BlockWindow,
  i: number,
): StrataError {
  const block = window.indices[i]!
  if (fault === 'missing-segment') return new StrataError('SEGMENT_MISSING', { file, block })
  return new StrataError('BLOCK_DAMAGED', { file, offsetBytes: window.offsets[i]!, block })
}
