import type { ImageStamp } from '../images/image-stamp.ts'
import type { IndexSet } from '../lineage/index-set.ts'
import type { StoredBlocks } from './stored-blocks.ts'

/**
 * What the parent holds at blocks `start` to `end - 1`; called on the engine thread, once a window.
 *
 * @param states out, per block: 0 none (unwritten or a hole), 1 data, 2 fill. Comes zeroed
 * @param digests out, 32 bytes a block: the SHA-256, or the pattern of a fill in the first 16
 */
export type ParentBlocks = (
  start: number,
  end: number,
  states: Uint8Array,
  digests: Uint8Array,
) => void

export type ScanInput = {
  /** The real path. Each thread opens it again and insists on the file of `stamp`. */
  path: string
  stamp: ImageStamp
  /** Bytes of the volume; the file may be shorter only if it is `stamp.sizeBytes` long. */
  sizeBytes: number
  /** The blocks to look at. */
  indices: IndexSet
  /** What a block of zeros is: nothing (a linked image), or a block written with zeros. */
  zeros: 'hole' | 'fill'
  /** null: every block that holds data counts as changed. */
  parent: ParentBlocks | null
  segmentsDir: string
  compression: 'zstd' | 'none'
  signal: AbortSignal
  /** Bytes looked at so far; about ten times a second and once at the end. */
  onProgress: (doneBytes: number) => void
}

/** A finished segment file: its data is synced, and so is its folder. */
export type NewSegment = { file: string; bytes: number }

export type ScanResult = {
  /** Zeros now, where the parent had data. Empty without a parent or with `zeros: 'fill'`. */
  holes: IndexSet
  /** Changed blocks that repeat one 16-byte pattern; sorted, neighbours joined. */
  fills: { start: number; end: number; pattern: Buffer }[]
  /** Changed blocks that are stored, in order of their index. */
  blocks: StoredBlocks
  segments: NewSegment[]
  readBytes: number
  hashedBlocks: number
}

/**
 * Reads the given blocks of an image, finds what changed and writes it to new segments.
 *
 * @throws signal.reason when aborted; StrataError FILE_UNREADABLE, IMAGE_CHANGED, DISK_FULL,
 *   FILE_UNWRITABLE. After any of them none of its segment files is left.
 */
export function scanBlocks(input: ScanInput): Promise<ScanResult> {
  return Promise.reject(new Error(`scanBlocks of ${input.path} is not built yet`))
}
