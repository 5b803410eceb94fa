import type { BlockRecord } from './block-record.ts'

/** Blocks `start` to `end - 1` of the image; what no run names stays a hole. */
export type RestoreRun =
  | { kind: 'fill'; start: number; end: number; pattern: Buffer }
  /** One record a block. */
  | { kind: 'data'; start: number; end: number; records: readonly BlockRecord[] }

export type WriteInput = {
  /** Absolute path of the file to make. */
  target: string
  sizeBytes: number
  /** Sorted by `start`, none overlapping. Taken as needed: a generator keeps memory small. */
  runs: Iterable<RestoreRun>
  /** The path of a segment's file. */
  segmentFile: (segmentId: number) => string
  /** Replaces a file that is there; without it an existing file is never touched. */
  replace: boolean
  /** Asks for the digest of the whole file. */
  sha256: boolean
  signal: AbortSignal
  /** Bytes of data and fill blocks written so far. */
  onProgress: (doneBytes: number) => void
}

export type Written = {
  /** The length of the file. */
  bytesWritten: number
  /** Blocks of data and fill, in whole blocks. */
  dataBytes: number
  /** Lower-case hex. */
  sha256?: string
}

/**
 * Writes a block map to a file that appears whole or not at all. Each block is checked against
 * its SHA-256 before it is written; holes and zeros stay holes.
 *
 * @throws signal.reason when aborted; StrataError FILE_EXISTS, DISK_FULL, FILE_UNWRITABLE,
 *   FILE_NOT_ALLOWED, BLOCK_DAMAGED, SEGMENT_MISSING. Nothing is left behind then.
 */
export function writeImage(input: WriteInput): Promise<Written> {
  return Promise.reject(new Error(`writeImage to ${input.target} is not built yet`))
}
