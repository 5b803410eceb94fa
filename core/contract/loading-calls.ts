import { z } from 'zod'
import { FileRef, started } from './call-parts.ts'
import { BlockIndex, VolumeId } from './ids.ts'
import { VolumeStatus } from './loading.ts'
import { Volume } from './model.ts'

const volumeId = VolumeId

/** Requests about volumes that are made of a snapshot and loaded afterwards. */
export const loadingCalls = {
  /** Goes on loading; `rateMiBPerS`: 100 to 300, null for as fast as it goes, default as before. */
  loadVolume: {
    input: z.strictObject({ volumeId, rateMiBPerS: z.int().nullable().optional() }),
    output: started,
  },
  pauseLoading: { input: z.strictObject({ volumeId }), output: Volume },
  /** Loads these blocks at once, ahead of all others. Answers when they are there. */
  touchVolume: {
    input: z.strictObject({
      volumeId,
      firstBlock: BlockIndex,
      blockCount: BlockIndex,
    }),
    output: Volume,
  },
  /** Writes what a volume holds now at a place to a new file. */
  readVolume: {
    input: z.strictObject({
      volumeId,
      offsetBytes: z.int(),
      lengthBytes: z.int(),
      file: FileRef,
      overwrite: z.boolean(),
    }),
    output: started,
  },
  describeVolumeStatus: { input: z.strictObject({ volumeId }), output: VolumeStatus },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
