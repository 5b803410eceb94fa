import type { BlockKey } from '../crypto/sealed-block.ts'
import type { ImageStamp } from '../images/image-stamp.ts'
import type { BlockRecord } from './block-record.ts'
import type { SharedWindow } from './block-window.ts'
import type { Damage } from './check.ts'
import type { SharedKept } from './kept-blocks.ts'
import type { NewSegment } from './scan.ts'
import type { Sealing } from './sealed-writer.ts'
import type { Overlay } from './slots.ts'

/*
 * What the engine thread and the block threads say to each other. A job is opened on some threads,
 * given pieces of work, and then closed, or aborted, which undoes what it made. Blocks, digests
 * and places are in shared memory; these messages only say where.
 */

/** A window of blocks, shared by all threads of the job; each takes units until none is left. */
export type WindowWork = {
  window: SharedWindow
  files: string[]
  /** A copy for each thread, which wipes it. */
  keys: BlockKey[]
}

export type BlockJobs = {
  scan: {
    open: {
      path: string
      stamp: ImageStamp
      /** Nothing is read from here on. */
      sizeBytes: number
      /** Blocks that are overwritten meanwhile; null: nothing may be. */
      kept: SharedKept | null
      zeros: 'hole' | 'fill'
      hasParent: boolean
      segmentsDir: string
      /** Segment files are named SESSION-THREAD-SERIAL.seg. */
      session: string
      thread: number
      compression: 'zstd' | 'none'
      /** How all that is stored is sealed; null: it is not. */
      sealing: Sealing | null
    }
    work: WindowWork
    worked: null
    /** The thread's segments in order of their serial number, synced. */
    closed: NewSegment[]
  }
  write: {
    /** `target`: what errors call the file. */
    open: { path: string; target: string; sizeBytes: number }
    work: WindowWork
    worked: null
    closed: null
  }
  check: {
    open: null
    work: WindowWork
    /** `item`: which of the window. */
    worked: { item: number; reason: Damage['reason'] }[]
    closed: null
  }
  /** Copies what lives in a segment. */
  repack: {
    open: { segmentsDir: string; session: string; thread: number }
    work: { file: string; records: BlockRecord[] }
    /** null: a block is damaged, so nothing of this segment is to be moved. */
    worked: { serial: number; offset: number }[] | null
    closed: NewSegment[]
  }
  /** Seals blocks that lie somewhere into new segments. */
  reseal: {
    open: { segmentsDir: string; session: string; thread: number; sealing: Sealing }
    work: WindowWork
    worked: null
    closed: NewSegment[]
  }
  /** Seals blocks into slots of a volume's file, with something written over them. */
  slots: {
    open: { path: string; key: BlockKey; overlay: Overlay | null }
    work: WindowWork
    worked: null
    closed: null
  }
  /** Hashes a file from its start on. */
  digest: {
    open: { path: string }
    work: { toBytes: number }
    worked: null
    /** Lower-case hex. */
    closed: string
  }
}

export type JobName = keyof BlockJobs

/** Words of a job's control array. */
export const CANCELLED = 0
export const DONE_BLOCKS = 1
export const HASHED_BLOCKS = 2
export const READ_BLOCKS = 3
export const CONTROL_WORDS = 4

export type Step = {
  sequence: number
  jobId: number
  step:
    | { do: 'open'; name: JobName; input: unknown; control: Int32Array }
    | { do: 'work'; input: unknown }
    | { do: 'close' }
    | { do: 'abort' }
}

export type StepReply = { sequence: number } & ({ value: unknown } | { failure: Failure })

/** An error as it crosses: a StrataError by code and data, a defect by its text. */
export type Failure = { strata: { code: string; data: unknown } } | { defect: string }

/** A job as its thread runs it. */
export type JobRun<N extends JobName> = {
  work(input: BlockJobs[N]['work']): BlockJobs[N]['worked'] | Promise<BlockJobs[N]['worked']>
  close(): BlockJobs[N]['closed'] | Promise<BlockJobs[N]['closed']>
  /** Closes what is open and removes what was made. */
  abort(): void | Promise<void>
}
