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
  return blockError(fault, file, window.offsets[i]!, window.indices[i]!)
}

/** @param block its index in the volume; it lies in `file` at `offsetBytes` */
export function blockError(
  fault: BlockFault,
  file: string,
  offsetBytes: number,
  block: number,
): StrataError {
  if (fault === 'missing-segment') return new StrataError('SEGMENT_MISSING', { file, block })
  return new StrataError('BLOCK_DAMAGED', { file, offsetBytes, block })
}
